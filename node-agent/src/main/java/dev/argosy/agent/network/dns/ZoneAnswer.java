package dev.argosy.agent.network.dns;

import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** What the zone says about a question. */
sealed interface ZoneAnswer {

  /**
   * These records; none of them says that the name exists without any of that type.
   *
   * @param additional what the client will want to know next
   */
  record Records(List<Record> answers, List<Record> additional) implements ZoneAnswer {
    public Records {
      answers = List.copyOf(answers);
      additional = List.copyOf(additional);
    }
  }

  /** Another name stands for this one. */
  record Alias(Name target) implements ZoneAnswer {}

  record NoSuchName() implements ZoneAnswer {}

  /** The name belongs to somebody else. */
  record Elsewhere() implements ZoneAnswer {}

  ZoneAnswer NOTHING = new Records(List.of(), List.of());

  static ZoneAnswer of(List<Record> answers) {
    return new Records(answers, List.of());
  }
}
