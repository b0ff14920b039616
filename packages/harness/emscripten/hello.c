#include <emscripten.h>
/* Large enough that no bundler inlines the module. */
#define K "0123456789abcdef"
#define K1 K K K K K K K K K K K K K K K K
#define K2 K1 K1 K1 K1 K1 K1 K1 K1 K1 K1 K1 K1 K1 K1 K1 K1
EMSCRIPTEN_KEEPALIVE const char *fill(void) { return K2; }
EMSCRIPTEN_KEEPALIVE int answer(void) { return 42; }
