# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0

# parley_resources(target): the icons and fonts as Qt resources under :/parley/.
set(PARLEY_RESOURCES_DIR ${CMAKE_CURRENT_LIST_DIR})

function(parley_resources target)
    file(GLOB icons CONFIGURE_DEPENDS ${PARLEY_RESOURCES_DIR}/icons/*.svg)
    file(GLOB fonts CONFIGURE_DEPENDS ${PARLEY_RESOURCES_DIR}/fonts/*.otf)
    qt_add_resources(${target} parley_icons
        PREFIX /parley BASE ${PARLEY_RESOURCES_DIR} FILES ${icons})
    qt_add_resources(${target} parley_fonts
        PREFIX /parley BASE ${PARLEY_RESOURCES_DIR} FILES ${fonts})
endfunction()
