/**
 * A container engine in memory, for tests and for simulated nodes: containers run small scripts
 * instead of programs, and the test can end them, lose images, or take the engine away.
 *
 * <p>One lock, in {@link dev.argosy.agent.runtime.fake.FakeRuntime}, owns everything; any thread
 * may call.
 */
@NullMarked
package dev.argosy.agent.runtime.fake;

import org.jspecify.annotations.NullMarked;
