/**
 * Keeps what a view shows in step with the API: a watch in the background, changes to the browser
 * at most four times a second.
 */
@NullMarked
package dev.argosy.console.live;

import org.jspecify.annotations.NullMarked;
