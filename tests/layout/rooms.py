#!/usr/bin/env python3
"""rooms.py - the layout of src/: arrows point down, nothing is in a circle, nothing is too large.

An include line is an arrow. A .c and the .h of its name are one file here. Usage: rooms.py SRC
"""
import pathlib
import re
import sys

# From the top to the bottom: a room knows those below it, not those above.
ROOMS = ['cli', 'measure', 'ids', 'rows', 'model', 'formats', 'table', 'vocab', 'codec', 'print',
         'text', 'rng', 'io', 'base']
# Rooms that stand below others and yet are none of their business.
NEVER = {('rows', 'print'), ('measure', 'print'), ('ids', 'print'), ('model', 'print'),
         ('formats', 'print'), ('table', 'print'), ('vocab', 'print'), ('codec', 'print'),
         ('measure', 'ids'), ('rows', 'model'), ('rows', 'formats')}
LINES_MAX = 500
GENERATED = {'text/powers_of_ten.h', 'codec/quant_tables.h'}  # tables of numbers


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
    faults = [*wrong_arrows(includes), *circles(includes), *large(source, includes)]
    if faults:
        sys.exit('\n'.join(faults))
    print(f'{len(includes)} files in {len(ROOMS)} rooms')


main()
