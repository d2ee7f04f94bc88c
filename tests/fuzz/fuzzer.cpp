// SPDX-FileCopyrightText: 2026 The Parley authors
// SPDX-License-Identifier: MPL-2.0
//
// libFuzzer's two functions, for the target that the program was built for.
#include "tests/fuzz/targets.h"

#include <QtCore/QCoreApplication>

extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv);
extern "C" int LLVMFuzzerTestOneInput(const quint8 *bytes, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static QCoreApplication app(*argc, *argv);
    // What is refused is often logged too: not a million times.
    qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &, const QString &text) {
        if (type != QtFatalMsg)
            return;
        fprintf(stderr, "%s\n", qPrintable(text));
        abort();
    });
    return 0;
}

int LLVMFuzzerTestOneInput(const quint8 *bytes, size_t size)
{
    static const parley::FuzzTarget *target = parley::fuzzTarget(PARLEY_FUZZ_TARGET);
    target->run(QByteArrayView(bytes, qsizetype(size)));
    return 0;
}
