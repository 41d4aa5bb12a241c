package dev.argosy.server.protobuf;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes trees as messages of one type. Fields come by rising number and maps by their keys, so
 * that equal trees give equal bytes. Filled once while it is made, then only read.
 */
final class MessageWriter {

  private sealed interface Part {}

  private record Member(String name, int number, ValueWriter value) implements Part {}

  /** A message of its own whose fields JSON spreads into the parent. */
  private record Inlined(int number, MessageWriter message) implements Part {}

  private final List<Part> parts = new ArrayList<>();

  void member(String name, int number, ValueWriter value) {
    parts.add(new Member(name, number, value));
  }

  void inlined(int number, MessageWriter message) {
    parts.add(new Inlined(number, message));
  }

  /** The fields of an object, without anything around them. */
  void fields(ObjectNode object, BackwardBuffer out) {
    for (int i = parts.size() - 1; i >= 0; i--) {
      switch (parts.get(i)) {
        case Member member -> {
          JsonNode value = object.get(member.name);
          if (value != null && !value.isNull()) {
            member.value.write(member.number, value, out);
          }
        }
        case Inlined inlined -> {
          int before = out.size();
          inlined.message.fields(object, out);
          if (out.size() > before) {
            out.close(inlined.number, before);
          }
        }
      }
    }
  }

  /** An object as a field of a message. */
  void message(int number, JsonNode value, BackwardBuffer out) {
    int before = out.size();
    if (value instanceof ObjectNode object) {
      fields(object, out);
    }
    out.close(number, before);
  }
}
