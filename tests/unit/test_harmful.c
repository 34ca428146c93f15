/* test_harmful.c - which names of a pickle only an attack would ask for.
 * SPDX-License-Identifier: MIT */
#include "formats/torch/harmful.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct {
    const char *module, *name;
} global;

static bool harmful(global g)
{
    return harmful_global(g.module, strlen(g.module), g.name, strlen(g.name));
}

static void attacks(void **state)
{
    static const global all[] = {
        {"os", "system"},
        {"posix", "system"},
        {"os.path", "join"},
        {"subprocess", "Popen"},
        {"builtins", "eval"},
        {"io", "open"},
        {"_io", "FileIO"},
        {"pickle", "loads"},
        {"timeit", "timeit"},
        {"urllib.request", "urlopen"},
        {"asyncio.subprocess", "create_subprocess_shell"},
        {"types", "CodeType"},
        {"torch.serialization", "os"},
        {"torch.serialization", "os.system"},
        {"torch", "serialization.os.system"},
        {"collections", "_sys.modules.sys"},
        {"collections", "__builtins__"},
        {"torch", "storage.builtins.eval"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (!harmful(all[i]))
            fail_msg("%s %s is let through", all[i].module, all[i].name);
    }
}

static void models(void **state)
{
    static const global all[] = {
        {"torch._utils", "_rebuild_tensor_v2"},
        {"collections", "OrderedDict"},
        {"builtins", "set"},
        {"__builtin__", "getattr"}, /* how Python stores methods and members of an enum */
        {"argparse", "Namespace"},
        {"pathlib", "PosixPath"},
        {"numpy.core.multiarray", "_reconstruct"},
        {"_codecs", "encode"},
        {"functools", "partial"},
        {"types", "SimpleNamespace"},
        {"code.models", "Encoder"},
        {"osmosis", "system"},
        {"models", "Outer.Inner"},
        {"models", "oss.System"},
        {"", ""},
        {"models", "."},
    };
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (harmful(all[i]))
            fail_msg("%s %s is refused", all[i].module, all[i].name);
    }
}

/* Names stand in the middle of a file: what follows them does not count. */
static void bounds(void **state)
{
    (void)state;
    assert_false(harmful_global("os", 1, "system", 6));
    assert_true(harmful_global("torch.os", 5, "os.x", 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attacks),
        cmocka_unit_test(models),
        cmocka_unit_test(bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
