package dev.argosy.server.flowcontrol.schema;

import dev.argosy.model.access.UserInfo;
import tools.jackson.databind.JsonNode;

/** Whose requests a rule is about. */
sealed interface Subject {

  boolean is(UserInfo user);

  /** One user, or all. */
  record User(String name) implements Subject {
    @Override
    public boolean is(UserInfo user) {
      return name.equals("*") || name.equals(user.name());
    }
  }

  /** The members of a group, or everybody. */
  record Group(String name) implements Subject {
    @Override
    public boolean is(UserInfo user) {
      return name.equals("*") || user.inGroup(name);
    }
  }

  /**
   * Service accounts.
   *
   * @param user the whole name of the user, or what the names of all in the namespace begin with
   */
  record Account(String user, boolean prefix) implements Subject {
    @Override
    public boolean is(UserInfo other) {
      return prefix ? other.name().startsWith(user) : other.name().equals(user);
    }
  }

  /** Nobody; what is written is not understood. */
  record Nobody() implements Subject {
    @Override
    public boolean is(UserInfo user) {
      return false;
    }
  }

  static Subject of(JsonNode subject) {
    return switch (subject.path("kind").asString("")) {
      case "User" -> new User(subject.path("user").path("name").asString(""));
      case "Group" -> new Group(subject.path("group").path("name").asString(""));
      case "ServiceAccount" -> account(subject.path("serviceAccount"));
      default -> new Nobody();
    };
  }

  private static Subject account(JsonNode account) {
    String name = account.path("name").asString("");
    String all = "system:serviceaccount:" + account.path("namespace").asString("") + ":";
    return name.equals("*") ? new Account(all, true) : new Account(all + name, false);
  }
}
