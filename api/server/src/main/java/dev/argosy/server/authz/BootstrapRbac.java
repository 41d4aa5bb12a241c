package dev.argosy.server.authz;

import dev.argosy.model.selector.LabelSelector;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The roles and bindings that every logical cluster has without storing them; read once from a
 * table. An object of the same name in a cluster takes its place there.
 */
public final class BootstrapRbac {

  static final String LABEL_PREFIX = "rbac.authorization.k8s.io/";

  private final Map<String, Role> roles = new LinkedHashMap<>();
  private final List<Binding> bindings = new ArrayList<>();

  private BootstrapRbac() {}

  /** Reads the table that comes with the server. */
  public static BootstrapRbac load() {
    BootstrapRbac table = new BootstrapRbac();
    try (InputStream in = BootstrapRbac.class.getResourceAsStream("bootstrap-rbac.tsv")) {
      if (in == null) {
        throw new IllegalStateException("bootstrap-rbac.tsv is missing");
      }
      new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(table::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table;
  }

  List<Role> roles() {
    return List.copyOf(roles.values());
  }

  List<Binding> bindings() {
    return List.copyOf(bindings);
  }

  private void read(String line) {
    String[] cells = line.split("\t", -1);
    switch (cells[0]) {
      case "aggregate" -> {
        LabelSelector collected = LabelSelector.ofLabels(labels(cells[3]));
        Role role = new Role("", cells[1], labels(cells[2]), List.of(), List.of(collected));
        roles.put(role.name(), role);
      }
      case "rule" -> rule(cells);
      case "bind" -> bind(cells);
      default -> throw new IllegalStateException("bad line in bootstrap-rbac.tsv: " + line);
    }
  }

  private void rule(String[] cells) {
    String namespace = namespace(cells[2]);
    Role known =
        roles.getOrDefault(
            cells[2], new Role(namespace, name(cells[2]), Map.of(), List.of(), List.of()));
    List<PolicyRule> rules = new ArrayList<>(known.rules());
    rules.add(
        new PolicyRule(
            list(cells, 6), groups(cells), list(cells, 5), list(cells, 7), list(cells, 8)));
    Map<String, String> labels = cells[3].isEmpty() ? known.labels() : labels(cells[3]);
    roles.put(cells[2], new Role(namespace, known.name(), labels, rules, List.of()));
  }

  private void bind(String[] cells) {
    String namespace = namespace(cells[2]);
    List<String> subjects = new ArrayList<>();
    for (String subject : cells.length > 4 ? cells[4].split(" ") : new String[0]) {
      String name = subject.substring(subject.indexOf(':') + 1);
      if (subject.startsWith("ServiceAccount:")) {
        subjects.add(Binding.serviceAccount(namespace(name), name(name)));
      } else {
        subjects.add((subject.startsWith("User:") ? Binding.USER : Binding.GROUP) + name);
      }
    }
    RbacKind roleKind = namespace.isEmpty() ? RbacKind.CLUSTER_ROLE : RbacKind.ROLE;
    bindings.add(new Binding(namespace, name(cells[2]), roleKind, cells[3], subjects, true));
  }

  private static String namespace(String cell) {
    int slash = cell.indexOf('/');
    return slash < 0 ? "" : cell.substring(0, slash);
  }

  private static String name(String cell) {
    return cell.substring(cell.indexOf('/') + 1);
  }

  private static Map<String, String> labels(String cell) {
    return cell.isEmpty() ? Map.of() : Map.of(LABEL_PREFIX + cell, "true");
  }

  private static List<String> groups(String[] cells) {
    return list(cells, 4).stream().map(group -> group.equals("-") ? "" : group).toList();
  }

  private static List<String> list(String[] cells, int index) {
    return cells.length <= index || cells[index].isEmpty()
        ? List.of()
        : List.of(cells[index].split(","));
  }
}
