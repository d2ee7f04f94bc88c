# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0

# parley_colours(file): writes the QML type Colours, one typed property per token of tokens.json.
set(PARLEY_TOKENS ${CMAKE_CURRENT_LIST_DIR}/tokens.json)

# The names of an object's members, in the order of the file.
function(_token_names out json)
    set(names)
    string(JSON count LENGTH "${json}" ${ARGN})
    math(EXPR last "${count} - 1")
    foreach(index RANGE ${last})
        string(JSON name MEMBER "${json}" ${ARGN} ${index})
        list(APPEND names ${name})
    endforeach()
    set(${out} ${names} PARENT_SCOPE)
endfunction()

# One list expression for a key of all the accents or all the people.
function(_token_list out json array theme key)
    set(values)
    string(JSON count LENGTH "${json}" ${array})
    math(EXPR last "${count} - 1")
    foreach(index RANGE ${last})
        string(JSON value GET "${json}" ${array} ${index} ${theme} ${key})
        list(APPEND values "\"${value}\"")
    endforeach()
    list(JOIN values ", " joined)
    set(${out} "[${joined}]" PARENT_SCOPE)
endfunction()

function(_token_array_names out json array)
    set(names)
    string(JSON count LENGTH "${json}" ${array})
    math(EXPR last "${count} - 1")
    foreach(index RANGE ${last})
        string(JSON name GET "${json}" ${array} ${index} name)
        list(APPEND names "\"${name}\"")
    endforeach()
    list(JOIN names ", " joined)
    set(${out} "[${joined}]" PARENT_SCOPE)
endfunction()

function(parley_colours file)
    file(READ ${PARLEY_TOKENS} json)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PARLEY_TOKENS})

    _token_array_names(accents "${json}" accents)
    _token_names(stronger "${json}" increasedContrast light)
    set(body)

    _token_names(names "${json}" themes light)
    foreach(name ${names})
        string(JSON light GET "${json}" themes light ${name})
        string(JSON dark GET "${json}" themes dark ${name})
        set(value "dark ? \"${dark}\" : \"${light}\"")
        if(name IN_LIST stronger)
            string(JSON light GET "${json}" increasedContrast light ${name})
            string(JSON dark GET "${json}" increasedContrast dark ${name})
            set(value "increasedContrast ? (dark ? \"${dark}\" : \"${light}\") : (${value})")
        endif()
        string(APPEND body "    readonly property color ${name}: ${value}\n")
    endforeach()

    string(APPEND body "\n")
    _token_names(names "${json}" accents 0 light)
    foreach(name ${names})
        _token_list(light "${json}" accents light ${name})
        _token_list(dark "${json}" accents dark ${name})
        string(APPEND body "    readonly property color ${name}: "
            "(dark ? ${dark}\n        : ${light})[accentIndex]\n")
    endforeach()

    _token_names(names "${json}" people 0 light)
    string(JSON people LENGTH "${json}" people)
    foreach(name ${names})
        _token_list(light "${json}" people light ${name})
        _token_list(dark "${json}" people dark ${name})
        string(SUBSTRING ${name} 0 1 first)
        string(SUBSTRING ${name} 1 -1 rest)
        string(TOUPPER ${first} first)
        string(APPEND body "\n    readonly property list<color> people${first}${rest}: "
            "dark ? ${dark}\n        : ${light}\n"
            "\n    function person${first}${rest}(hue: int): color {\n"
            "        return people${first}${rest}[hue % ${people}]\n    }\n")
    endforeach()

    file(CONFIGURE OUTPUT ${file} @ONLY CONTENT
"// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
// Generated from resources/tokens.json
import QtQuick

/// The colour tokens of one theme. Theme is the one in use; settings draw others as samples.
QtObject {
    property bool dark: false
    property bool increasedContrast: false
    property string accentName: \"petrol\"

    readonly property list<string> accentNames: @accents@
    readonly property int accentIndex: Math.max(0, accentNames.indexOf(accentName))

@body@}
")
endfunction()
