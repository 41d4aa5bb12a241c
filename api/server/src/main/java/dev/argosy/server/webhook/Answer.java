package dev.argosy.server.webhook;

import dev.argosy.model.status.Status;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What came of asking a webhook. */
sealed interface Answer {

  /**
   * It lets the write pass.
   *
   * @param patch a list of operations; empty if nothing is to change
   * @param notes annotations for the audit, by their short keys
   */
  record Allowed(List<String> warnings, JsonNode patch, Map<String, String> notes)
      implements Answer {
    public Allowed {
      notes = Map.copyOf(notes);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * It refuses the write.
   *
   * @param notes annotations for the audit, by their short keys
   */
  record Denied(List<String> warnings, Status status, Map<String, String> notes) implements Answer {
    public Denied {
      notes = Map.copyOf(notes);
      warnings = List.copyOf(warnings);
    }
  }

  /** It could not be asked, or gave no answer that makes sense. */
  record Unanswered(String why) implements Answer {}

  /** It allows, with a patch that cannot be read; this is nobody's choice to ignore. */
  record BadPatch(List<String> warnings, String why) implements Answer {
    public BadPatch {
      warnings = List.copyOf(warnings);
    }
  }
}
