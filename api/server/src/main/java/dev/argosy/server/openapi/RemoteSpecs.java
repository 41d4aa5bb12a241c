package dev.argosy.server.openapi;

import java.util.List;
import java.util.Map;

/** What is known of the documents of group versions that others serve. Never waits. */
public interface RemoteSpecs {

  /** There are no others. */
  RemoteSpecs NONE =
      new RemoteSpecs() {
        @Override
        public Map<String, String> v3(String cluster) {
          return Map.of();
        }

        @Override
        public List<RemoteSpec> v2(String cluster) {
          return List.of();
        }
      };

  /** Hashes of documents of version 3 by their path, such as {@code apis/GROUP/VERSION}. */
  Map<String, String> v3(String cluster);

  /** What they add to version 2. */
  List<RemoteSpec> v2(String cluster);
}
