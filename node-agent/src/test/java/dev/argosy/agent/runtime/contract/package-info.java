/** What every container runtime must do, as tests; run on the fake and on Docker. */
@NullMarked
package dev.argosy.agent.runtime.contract;

import org.jspecify.annotations.NullMarked;
