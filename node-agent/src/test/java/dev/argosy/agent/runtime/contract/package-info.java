/** What every container runtime must do, as tests; run on the fake, on Docker and on containerd. */
@NullMarked
package dev.argosy.agent.runtime.contract;

import org.jspecify.annotations.NullMarked;
