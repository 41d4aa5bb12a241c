/**
 * The console: Vaadin views over the {@link dev.argosy.model.client.ApiClient} port, always under
 * the identity of the person who logged in. One package per thing that a person looks at.
 *
 * <p>Views live in a browser session and are entered with its lock held; background threads reach
 * them through {@code UI.access} only (package {@code live}).
 */
@NullMarked
package dev.argosy.console;

import org.jspecify.annotations.NullMarked;
