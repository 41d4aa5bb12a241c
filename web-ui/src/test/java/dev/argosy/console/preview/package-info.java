/** The console on fakes, to look at and to test in a browser without a platform behind it. */
@NullMarked
package dev.argosy.console.preview;

import org.jspecify.annotations.NullMarked;
