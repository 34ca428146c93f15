#!/usr/bin/env python3
"""rooms.py - the layout of src/: arrows point down, nothing is in a circle, nothing is too large,
and every function is declared where its name and its file say.

An include line is an arrow. A .c and the .h of its name are one file here. Usage: rooms.py SRC
"""
import pathlib
import re
import sys

# From the top to the bottom: a room knows those below it, not those above.
ROOMS = ['cli', 'measure', 'ids', 'rows', 'model', 'formats', 'table', 'vocab', 'codec', 'print',
         'rng', 'text', 'io', 'base']
# Rooms that stand below others and yet are none of their business.
NEVER = {('rows', 'print'), ('measure', 'print'), ('ids', 'print'), ('model', 'print'),
         ('formats', 'print'), ('table', 'print'), ('vocab', 'print'), ('codec', 'print'),
         ('measure', 'ids'), ('rows', 'model'), ('rows', 'formats')}
LINES_MAX = 500
GENERATED = {'text/powers_of_ten.h', 'codec/quant_tables.h'}  # tables of numbers

# What files without a header of their own provide: an object that a list has, or tokvec_ calls.
SEAMS = {'formats': 'table/weights.h', 'model': 'table/weights.h', 'table': 'table/table.h',
         'print': 'print/writer.h', 'rng': 'rng/generator.h',
         'cli': 'cli/commands.h'}
UNPREFIXED = {'base/bytes.h'}  # load_le32 and add_u64 say more than bytes_load_le32


def read(source):
    """{name: [names it includes]} for all files in rooms, named from src/ on."""
    includes = {}
    for path in sorted(source.rglob('*.[ch]')):
        name = str(path.relative_to(source))
        if '/' in name:
            found = re.findall(r'^#include "([^"]+)"', path.read_text(), re.M)
            includes[name] = [i for i in found if (source / i).exists()]
    return includes


def room(name):
    return name.split('/')[0]


def format_of(name):
    """The format that a file of formats/ belongs to: its folder, or itself."""
    return name.split('/')[1].removesuffix('.c').removesuffix('.h')


def stem(name):
    return name.rsplit('.', 1)[0]


def wrong_arrows(includes):
    for name, targets in includes.items():
        for target in targets:
            here, there = room(name), room(target)
            if ROOMS.index(there) < ROOMS.index(here) or (here, there) in NEVER:
                yield f'{name} includes {target}: {here}/ may not know {there}/'
            if here == there == 'formats' and format_of(name) != format_of(target):
                yield f'{name} includes {target}: no format knows another'


def circles(includes):
    """Tarjan's strongly connected components, of files without their suffix."""
    arrows = {}
    for name, targets in includes.items():
        arrows.setdefault(stem(name), set()).update(stem(t) for t in targets)
    order, low, stack, found = {}, {}, [], []

    def visit(node):
        order[node] = low[node] = len(order)
        stack.append(node)
        for target in arrows.get(node, ()):
            if target not in order:
                visit(target)
                low[node] = min(low[node], low[target])
            elif target in stack:
                low[node] = min(low[node], order[target])
        if low[node] == order[node]:
            members = []
            while not members or members[-1] != node:
                members.append(stack.pop())
            if len(members) > 1:
                found.append(sorted(members))

    for node in sorted(arrows):
        if node not in order:
            visit(node)
    for members in found:
        yield 'a circle: ' + ', '.join(members)


def large(source, includes):
    lines = {name: len((source / name).read_text().splitlines()) for name in includes}
    total = sum(n for name, n in lines.items() if name not in GENERATED)
    for name, n in lines.items():
        if n > LINES_MAX and name not in GENERATED:
            yield f'{name} has {n} lines, more than {LINES_MAX}'
    for here in ROOMS:
        inside = sum(n for name, n in lines.items() if room(name) == here and name not in GENERATED)
        if 3 * inside > total:
            yield f'{here}/ has {inside} of {total} lines, more than a third'


def first_word(name):
    return stem(name).rsplit('/', 1)[1].split('_')[0]


def code(source, name):
    return re.sub(r'/\*.*?\*/', '', (source / name).read_text(), flags=re.S)


def defined(text):
    """The functions that a .c has for other files; the public ones are tokvec.h's."""
    found = re.findall(r'^(?!static|typedef)[a-z][\w *]*?[ *](\w+)\([^;{}]*?\)\n\{', text, re.M)
    return [f for f in found if not f.startswith('tokvec_')]


def homeless(source, includes):
    """A .c first includes the header that declares what it defines: the one of its name or, if
    there is none, one of its folder that is named after the group, or the seam that it fills."""
    for name, targets in includes.items():
        if not name.endswith('.c'):
            continue
        own, first = stem(name) + '.h', targets[0] if targets else ''
        if own in includes:
            allowed = [own]
        else:
            folder = name.rsplit('/', 1)[0]
            allowed = [i for i in includes if i.endswith('.h') and i.rsplit('/', 1)[0] == folder and
                       name.startswith(f'{folder}/{first_word(i)}')]
            allowed.append(SEAMS.get(room(name)))
        if first not in allowed:
            yield f'{name} must first include {" or ".join(str(a) for a in allowed)}'
            continue
        declared = code(source, first)
        for function in defined(code(source, name)):
            if not re.search(rf'\b{function}\(', declared):
                yield f'{name} defines {function}, which {first} does not declare'


def misnamed(source, includes):
    """A function's name begins with the first word of its header's, or with its room's or folder's:
    pickle_pop, pickle_machine.h; command_find, commands.h; ids_comma, ids/items.h; torch_fill_open,
    rng/torch/fill.h."""
    for name in includes:
        if not name.endswith('.h') or name in UNPREFIXED:
            continue
        prefix = first_word(name).removesuffix('s')
        for function in re.findall(r'^[a-z][\w *]*?[ *](\w+)\((?!\*)', code(source, name), re.M):
            if not function.startswith((prefix, *(f'{f}_' for f in name.split('/')[:-1]))):
                yield f'{name} declares {function}, which does not begin with {prefix}'


def strangers(source):
    for path in sorted(source.iterdir()):
        if path.is_dir() and path.name not in ROOMS:
            yield f'{path.name}/ is no room'


def main():
    source = pathlib.Path(sys.argv[1])
    unknown = list(strangers(source))
    if unknown:
        sys.exit('\n'.join(unknown))
    includes = read(source)
    if len(includes) < 100:
        sys.exit(f'only {len(includes)} files in {source}')
    faults = [*wrong_arrows(includes), *circles(includes), *large(source, includes),
              *homeless(source, includes), *misnamed(source, includes)]
    if faults:
        sys.exit('\n'.join(faults))
    print(f'{len(includes)} files in {len(ROOMS)} rooms')


main()
