#!/usr/bin/env python3
"""examples.py - the examples of a header, compiled as C11 and as C++11, linked and run.

An example stands in a comment between @code and @endcode. If it has no main, it is a piece of a
function with `path` and `error`. What it prints is said by its lines `// prints: TEXT`. They run
in the folder DATA, with `model.safetensors` as path and first argument.
"""
import argparse
import difflib
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

PIECE = '''#include <stdio.h>
#include <tokvec.h>

int main(void)
{{
    const char *path = "model.safetensors";
    tokvec_error error;
    (void)path;
    (void)error;
{}
    return 0;
}}
'''
WARNINGS = ['-Wall', '-Wextra', '-Wpedantic', '-Werror', '-Wno-missing-field-initializers']
LANGUAGES = {'C11': ['-x', 'c', '-std=c11'], 'C++11': ['-x', 'c++', '-std=c++11']}


def examples(header):
    """(line, code, what it prints) of each."""
    text = header.read_text()
    if text.count('@code') != text.count('@endcode'):
        sys.exit('a @code without an @endcode')
    for match in re.finditer(r'@code\n(.*?) \* @endcode', text, re.S):
        code = re.sub(r'^ \* ?', '', match[1], flags=re.M)
        printed = ''.join(f'{line}\n' for line in re.findall(r'^// prints: (.*)$', code, re.M))
        line = text.count('\n', 0, match.start()) + 1
        yield line, code if 'int main(' in code else PIECE.format(code), printed


def compile_one(options, language, code, program):
    source = program.with_suffix('.txt')
    source.write_text(code)
    command = [options.cc, *shlex.split(options.flags), *WARNINGS, *LANGUAGES[language],
               '-I', str(options.header.parent), str(source), '-x', 'none',
               *shlex.split(options.link), '-o', str(program)]
    return subprocess.run(command, stderr=subprocess.PIPE, text=True)


def check(options, language, example, program):
    """What is wrong with it, or None."""
    line, code, printed = example
    compiled = compile_one(options, language, code, program)
    if compiled.returncode != 0:
        return compiled.stderr
    ran = subprocess.run([program, 'model.safetensors'], cwd=options.data, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, text=True, timeout=60)
    if ran.returncode != 0:
        return f'status {ran.returncode}\n{ran.stdout}'
    if ran.stdout != printed or not printed:
        return ''.join(difflib.unified_diff(printed.splitlines(True), ran.stdout.splitlines(True),
                                            'as the comment says', 'as it prints'))
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('header', type=pathlib.Path)
    parser.add_argument('--data', type=pathlib.Path, required=True)
    parser.add_argument('--cc', required=True)
    parser.add_argument('--flags', default='')
    parser.add_argument('--link', required=True, help='the library, and what it needs')
    options = parser.parse_args()
    found = list(examples(options.header))
    if len(found) < 5:
        sys.exit(f'only {len(found)} examples')
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / 'example'
        languages = list(LANGUAGES)
        if compile_one(options, 'C++11', 'int main() { return 0; }\n', program).returncode != 0:
            print('no C++ compiler')
            languages.remove('C++11')
        for example in found:
            for language in languages:
                fault = check(options, language, example, program)
                if fault is not None:
                    faults += 1
                    print(f'{options.header}:{example[0]}: the example, as {language}: {fault}')
    print(f'{len(found)} examples in {" and ".join(languages)}, {faults} wrong')
    sys.exit(faults > 0)


main()
