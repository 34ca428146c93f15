# The command help shows what --help shows.

$ tokvec help | head -1
Usage: tokvec [lookup] [OPTION]... [ID|TOKEN]...
$ tokvec help | diff - <(tokvec --help) && echo same
same
$ tokvec help lookup | diff - <(tokvec lookup --help) && echo same
same
$ tokvec help weight | diff - <(tokvec weight --help) && echo same
same
$ tokvec help list | head -2
Usage: tokvec list [OPTION]... FILE
List the tensors in a weights file, or its tokens.
$ tokvec help help
Usage: tokvec help [OPTION]... [COMMAND]
Show what a command does and which options it takes.

Options:
  -q, --quiet             print no warnings; where the status tells, nothing
  -h, --help              show this help
  -V, --version           show the version
$ tokvec help lst
! tokvec: unknown command 'lst' (argument 2); did you mean 'list'?
[2]
$ tokvec help frobnicate
! tokvec: unknown command 'frobnicate' (argument 2); see tokvec help
[2]
$ tokvec help list weight
! tokvec: 'tokvec help' takes one command (argument 3); write tokvec help COMMAND
[2]
$ tokvec help -w x.npy
! tokvec: unknown option '-w'; 'tokvec help' does not take it
[2]
$ tokvec 3 help
! tokvec: 'help' is not a valid token ID (argument 2); a command comes before everything else: tokvec help ...
[2]
$ tokvec hello
! tokvec: 'hello' is not an integer (argument 1); token IDs are decimal integers such as 0 or 15496; for tokens, name a vocabulary with --vocab
[2]
