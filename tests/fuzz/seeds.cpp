// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0

// Writes the inputs that fuzzing begins with, made from the definitions:
// `parley-fuzzseeds FOLDER [TARGET...]` fills FOLDER/TARGET; without a folder it lists the targets.
#include "tests/fuzz/targets.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTextStream>

using namespace parley;

namespace {

bool writeSeeds(const FuzzTarget &target, const QString &folder)
{
    if (!QDir().mkpath(folder))
        return false;
    for (const QByteArray &seed : target.seeds()) {
        const QByteArray name = QCryptographicHash::hash(seed, QCryptographicHash::Sha1).toHex();
        QFile file(folder + QLatin1Char('/') + QString::fromLatin1(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(seed) != seed.size())
            return false;
    }
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    QTextStream out(stdout);
    if (arguments.size() > 1 && arguments[1].startsWith(QLatin1Char('-'))) {
        out << "parley-fuzzseeds [FOLDER [TARGET...]]: writes the seeds, or lists the targets\n";
        return 2;
    }
    for (const FuzzTarget &target : fuzzTargets()) {
        const QString name = QString::fromLatin1(target.name);
        if (arguments.size() < 2) {
            out << name << "\n";
            continue;
        }
        if (arguments.size() > 2 && !arguments.mid(2).contains(name))
            continue;
        if (!writeSeeds(target, arguments[1] + QLatin1Char('/') + name)) {
            out << "the seeds of " << name << " could not be written\n";
            return 1;
        }
    }
    return 0;
}
