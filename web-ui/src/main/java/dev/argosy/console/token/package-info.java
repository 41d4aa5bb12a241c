/** Access tokens, by which programs act as their user: made, shown once, listed, revoked. */
@NullMarked
package dev.argosy.console.token;

import org.jspecify.annotations.NullMarked;
