/**
 * The platform as its users meet it: real kubectl binaries, a public Java client, a browser, plain
 * HTTP. Everything runs against one platform that {@code ops/test} started; a test makes its own
 * namespaces and removes them. Nothing here sees our classes.
 */
@NullMarked
package dev.argosy.e2e;

import org.jspecify.annotations.NullMarked;
