/**
 * The API without a server: an in-memory cluster with the semantics that control loops rely on
 * (revisions and conflicts, uids, generations, status isolation, finalizers, graceful deletion,
 * binding, watches with history), for tests of everything that stands on {@link
 * dev.argosy.model.client.ApiClient}.
 *
 * <p>{@link dev.argosy.model.client.fake.FakeApi} owns the state, behind one lock; any thread may
 * call. No validation, no defaults, no access rules: those belong to the API server.
 */
@NullMarked
package dev.argosy.model.client.fake;

import org.jspecify.annotations.NullMarked;
