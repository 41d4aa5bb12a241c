package dev.argosy.agent.use;

import dev.argosy.model.client.ApiResult;
import dev.argosy.model.use.UseReport;

/** Where reports go. */
public interface UseSink {

  /**
   * Sends a report.
   *
   * @return whether all of it is kept for good; if not, the next one says it again
   */
  ApiResult<Boolean> send(UseReport report);
}
