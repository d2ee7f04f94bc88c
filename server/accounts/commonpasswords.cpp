// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
#include "server/accounts/passwords.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QSet>
#include <QtCore/QStringList>

namespace parley {
namespace {

/// What every list of leaked passwords begins with, in lower case, without what the rules of
/// checkNewPassword find by themselves (rows, repetitions, digits or signs behind a word). Words of
/// fewer than eight letters stand here for what people append to them.
constexpr char commonest[] = R"(
password passw0rd passwort motdepasse contrasena parola senha haslo wachtwoord salasana
iloveyou iloveu loveyou lovely loveme mylove loverboy lovergirl sweetheart sweetie honey babygirl
babyboy baby angel princess prinzessin princesa butterfly flower flowers sunshine sunflower rainbow
football baseball basketball softball volleyball soccer hockey tennis golf golfer swimming rugby
superman batman spiderman ironman wolverine superstar starwars startrek pokemon pikachu naruto
dragon dragonball monkey tiger lion panther jaguar eagle falcon phoenix bear turtle dolphin bunny
chicken banana cookie chocolate cheese pepper ginger peanut pumpkin strawberry orange cherry apple
master shadow hunter killer ninja samurai warrior ranger soldier sniper assassin predator terminator
welcome letmein letmeinnow openup opensesame abracadabra trustno trustnoone whatever
changeme changeit default secret topsecret secure security private access login admin administrator
administrador root toor system manager guest user username test testtest testing tester temp
temporary demo server computer internet website windows microsoft google facebook youtube twitter
instagram linkedin samsung android iphone apple adobe oracle cisco dell toshiba lenovo sony nokia
qwerty qwertz azerty qwertyuiop asdfghjkl zxcvbnm qazwsx qazwsxedc zaqxsw asdf asdfasdf asdfgh
asdzxc qweasd qweasdzxc zxcasdqwe wasd qwer qwerasdf poiuytrewq lkjhgfdsa mnbvcxz qweqwe qwert
abc abcd abcde abcdef abcabc abcxyz aaa aaaa aaaaaa aabbcc xyz xyzxyz
michael michelle jennifer jessica jordan joshua matthew daniel andrew anthony charlie thomas robert
william george james joseph richard david brian steven stephen patrick alexander alexandra alexis
amanda ashley barbara benjamin brandon caroline catherine charlotte chelsea christian christina
christopher danielle dominic donald douglas edward elizabeth emily eric ethan eugene florence
francis frank gabriel gregory hannah harley heather heinrich helen isabella jackson jacob jasmine
jason jeffrey jeremy john johnny jonathan juliette justin karen katherine kathleen kenneth kevin
kimberly laura lauren leonardo linda lucas madison maggie margaret maria marina mario mark martin
martina mary maxwell melissa mercedes miguel morgan natalie natasha nathan nicholas nicole oliver
olivia pamela patricia paul peter philip rachel rebecca richie roberto rosemary russell samantha
samuel sandra sarah sebastian sophia sophie stephanie susan sydney taylor teresa theresa tiffany
timothy tristan valentina vanessa veronica victor victoria vincent virginia walter wilson yvonne
andrea angela anna bailey bella buddy buster casper chester cooper daisy fluffy jasper lucky max
midnight molly oscar rocky scooter smokey snoopy sparky tigger toby winston zeus
arsenal barcelona chelseafc liverpool manchester manutd realmadrid juventus bayern dortmund celtic
rangers lakers yankees cowboys steelers raiders patriots broncos redsox dodgers packers
ferrari porsche mercedesbenz mustang corvette camaro chevrolet honda toyota yamaha kawasaki harley
davidson hummer maserati lamborghini audi bmw volkswagen
america american england london paris berlin madrid moscow newyork california florida texas
australia canada germany deutschland france italia mexico brasil india pakistan china japan russia
summer winter spring autumn january february march april june july august september october november
december monday tuesday wednesday thursday friday saturday sunday birthday christmas halloween
sommer herbst fruehling samstag sonntag hallo hello hellohello helloworld goodbye goodmorning
goodluck blessed blessing jesus jesuschrist christ heaven faith forever freedom peace happy happiness
family mother father brother sister daughter mommy daddy mama papa friend friends bestfriend
friendship together always never nothing something anything everything everybody nobody somebody
beautiful gorgeous cutie cutiepie pretty sexy sexygirl sexyboy hottie bigboy badboy badgirl goodgirl
fuckyou fuckoff fuckme asshole bitch bullshit shithead pussy cocksucker motherfucker bastard
metallica nirvana slipknot eminem beatles elvis madonna shakira hannahmontana justinbieber onedirection
blink linkinpark greenday acdc ironmaiden ledzeppelin pinkfloyd guitar drummer music musica
minecraft fortnite roblox counterstrike callofduty halo xbox playstation nintendo mario zelda gamer
gaming games player playboy pokerface poker casino money moneymoney dollar million millionaire
diamond diamonds silver gold golden platinum crystal sapphire emerald ruby pearl
hacker hacking hackme matrix cyber internet network wireless router modem database backup
blahblah blahblahblah blabla whatever1 nopassword nopass mypassword mypass yourpassword thepassword
passpass passwords passphrase passcode pass word keyword
iloveyousomuch iloveyoubaby iloveyouforever iloveme ilovemyself ilovejesus ilovegod
ilovemusic ilovehim iloveher ihateyou ihatelife imissyou marryme kissme hugme
alpha omega delta gamma sigma theta bravo charlie foxtrot tango zulu viking spartan gladiator
marines usmarine airforce military soldier police fireman doctor lawyer teacher student school
college university office business company service support helpdesk customer
correcthorsebatterystaple thequickbrownfox loremipsum
ncc1701 jamesbond bond007 agent007 thx1138 r2d2c3po area51 blink182 matrix123 rush2112 mike
a1b2c3d4 a1b2c3 1a2b3c4d 1a2b3c abcd1234 abc12345 1234abcd 123abc 123qwe 123qweasd qwe123 qwerty123
1q2w3e4r 1q2w3e4r5t 1qaz2wsx zaq12wsx zaq1zaq1 q1w2e3r4 q1w2e3r4t5 1qazxsw2 1qaz1qaz asd123 asdf1234
qwer1234 1234qwer 147258369 147852369 159753 159357 741852963 789456123 987654321 963852741 112233
11223344 1122334455 121212 123123 123123123 123321 1234321 12344321 123454321 12345679 13579 24680
246810 102030 10203040 1020304050 112358 31415926 314159265 271828182 87654321 19841984 20002000
14789632 147896325 25802580 258456 456789 456123 789456 987654 654321 741258963 852456 951753
football1 monkey123 dragon123 master123 hello123 love123 admin123 test123 user123 pass123 abc123
trustno1 letmein1 welcome1 password1 p@ssw0rd p@ssword passw0rd pa55word pa55w0rd passwd pwd123456
)";

QSet<QString> readCommonest()
{
    const QStringList words = QString::fromLatin1(commonest).split(
        QRegularExpression(QStringLiteral("\\s+")), Qt::SkipEmptyParts);
    return QSet<QString>(words.begin(), words.end());
}

} // namespace

bool isCommonPassword(QStringView lowerCase)
{
    static const QSet<QString> words = readCommonest();
    return words.contains(lowerCase.toString());
}

} // namespace parley
