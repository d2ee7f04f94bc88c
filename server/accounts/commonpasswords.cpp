// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/accounts/passwords.h"

#include "shared/assert.h"

#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>
#include <QtCore/QStringList>

namespace parley {
namespace {

/// What people build passwords from beside what the lists of leaked ones hold, in lower case. Words
/// of fewer than eight letters stand here for what is appended.
constexpr char ownWords[] = R"(
contrasena senha haslo lovergirl prinzessin letmeinnow opensesame trustno trustnoone default secure
login administrator administrador root toor manager user temporary website facebook youtube twitter
instagram linkedin android iphone adobe cisco dell lenovo wasd lkjhgfdsa abcabc abcxyz aabbcc xyzxyz
ethan florence heinrich juliette martina richie rosemary chelseafc mercedesbenz davidson audi
american madrid australia india march june july wednesday herbst fruehling samstag sonntag
helloworld goodbye goodmorning happiness father daughter mama together always never everything
everybody nobody somebody sexyboy motherfucker hannahmontana onedirection blink acdc ledzeppelin
fortnite roblox counterstrike halo xbox zelda gamer gaming pokerface poker moneymoney millionaire
hacking hackme wireless router blahblahblah whatever1 yourpassword thepassword passpass passphrase
keyword iloveyousomuch iloveyoubaby iloveyouforever ilovemyself ilovemusic iloveher ihatelife
marryme hugme gamma sigma theta bravo zulu military university office company helpdesk customer
correcthorsebatterystaple thequickbrownfox loremipsum matrix123 zaq1zaq1 1qaz1qaz 24680 314159265
271828182 19841984 20002000 user123 p@ssword pwd123456
)";

/// The lists themselves, most common first: the 3,000 and more of Openwall, the first 3,000 of
/// zxcvbn, and of it the first 3,000 that are long enough to be taken.
QString leakedWords()
{
    QFile file(QStringLiteral(":/parley/accounts/commonpasswords.txt"));
    const bool isOpen = file.open(QIODevice::ReadOnly);
    PARLEY_ASSERT(isOpen);
    return QString::fromLatin1(file.readAll());
}

QSet<QString> readCommonest()
{
    const QStringList words =
        (leakedWords() + QString::fromLatin1(ownWords))
            .split(QRegularExpression(QStringLiteral("\\s+")), Qt::SkipEmptyParts);
    return QSet<QString>(words.begin(), words.end());
}

} // namespace

bool isCommonPassword(QStringView lowerCase)
{
    static const QSet<QString> words = readCommonest();
    return words.contains(lowerCase.toString());
}

} // namespace parley
