package dev.argosy.server.connect;

import dev.argosy.model.object.ApiObject;
import java.io.InputStream;
import java.util.Map;

/** Opens a container's log for callers within the process. */
public interface LogReader {

  /**
   * The log's bytes; blocks while {@code follow} waits for more; closing it ends the reading.
   *
   * @param query as of the API: {@code container}, {@code follow}, {@code tailLines}…
   * @throws dev.argosy.model.status.StatusException if there is no such container, or its node
   *     cannot be reached
   */
  InputStream open(ApiObject pod, Map<String, String> query);
}
