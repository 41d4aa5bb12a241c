package dev.argosy.scheduler.profile;

import dev.argosy.model.node.NodeTerm;
import dev.argosy.scheduler.pod.Demand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what plugins are told. */
final class ArgumentsReader {

  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

  private ArgumentsReader() {}

  static Arguments read(List<Section> entries) {
    Arguments read = Arguments.DEFAULT;
    Set<String> seen = new HashSet<>();
    for (Section entry : entries) {
      entry.known("name", "args");
      String name = entry.text("name", "");
      if (!seen.add(name)) {
        entry.wrong("name", "there is another entry for \"" + name + "\"");
      }
      read = with(read, name, entry, entry.field("args"));
    }
    return read;
  }

  private static Arguments with(Arguments read, String name, Section entry, Section args) {
    String kind = args.text("kind", name + "Args");
    if (!kind.equals(name + "Args")) {
      args.wrong("kind", "must be " + name + "Args");
    }
    switch (name) {
      case "NodeResourcesFit" -> {
        args.known("apiVersion", "kind", "scoringStrategy");
        return args.has("scoringStrategy")
            ? read.with(StrategyReader.read(args.field("scoringStrategy")))
            : read;
      }
      case "PodTopologySpread" -> {
        args.known("apiVersion", "kind", "defaultConstraints", "defaultingType");
        return spreads(args).map(read::with).orElse(read);
      }
      case "InterPodAffinity" -> {
        args.known("apiVersion", "kind", "hardPodAffinityWeight");
        return read.with(args.number("hardPodAffinityWeight", 1, 0, 100));
      }
      case "NodeAffinity" -> {
        args.known("apiVersion", "kind", "addedAffinity");
        return read.with(affinity(args.field("addedAffinity")));
      }
      default -> {
        entry.wrong(
            "name",
            "arguments are served of NodeResourcesFit, PodTopologySpread, InterPodAffinity and"
                + " NodeAffinity, not of \""
                + name
                + "\"");
        return read;
      }
    }
  }

  private static Optional<List<UsualSpread>> spreads(Section args) {
    List<UsualSpread> spreads = new ArrayList<>();
    for (Section entry : args.list("defaultConstraints")) {
      entry.known(
          "maxSkew",
          "topologyKey",
          "whenUnsatisfiable",
          "minDomains",
          "nodeAffinityPolicy",
          "nodeTaintsPolicy");
      String key = entry.text("topologyKey", "");
      if (key.isEmpty()) {
        entry.wrong("topologyKey", "must not be empty");
      }
      boolean hard =
          entry
              .oneOf("whenUnsatisfiable", "", "DoNotSchedule", "ScheduleAnyway")
              .equals("DoNotSchedule");
      if (!entry.has("whenUnsatisfiable")) {
        entry.wrong("whenUnsatisfiable", "must be DoNotSchedule or ScheduleAnyway");
      }
      spreads.add(
          new UsualSpread(
              key,
              entry.number("maxSkew", 1, 1, Integer.MAX_VALUE),
              hard,
              entry.number("minDomains", 1, 1, Integer.MAX_VALUE),
              entry.oneOf("nodeAffinityPolicy", "Honor", "Ignore").equals("Honor"),
              entry.oneOf("nodeTaintsPolicy", "Ignore", "Honor").equals("Honor")));
    }
    boolean list = args.oneOf("defaultingType", "System", "List").equals("List");
    if (!list && !spreads.isEmpty()) {
      args.wrong("defaultingType", "must be List where there are defaultConstraints");
    }
    return list ? Optional.of(spreads) : Optional.empty();
  }

  private static AddedAffinity affinity(Section added) {
    added.known(REQUIRED, PREFERRED);
    List<Demand.Preference> preferred = new ArrayList<>();
    for (Section entry : added.list(PREFERRED)) {
      entry.known("weight", "preference");
      preferred.add(
          new Demand.Preference(
              entry.number("weight", 1, 1, 100), term(entry.field("preference"))));
    }
    if (!added.has(REQUIRED)) {
      return new AddedAffinity(Optional.empty(), preferred);
    }
    Section required = added.field(REQUIRED).known("nodeSelectorTerms");
    List<NodeTerm> terms = new ArrayList<>();
    required.list("nodeSelectorTerms").forEach(entry -> terms.add(term(entry)));
    if (terms.isEmpty()) {
      required.wrong("nodeSelectorTerms", "must have at least one term");
    }
    return new AddedAffinity(Optional.of(terms), preferred);
  }

  private static NodeTerm term(Section term) {
    term.known("matchExpressions", "matchFields");
    for (String list : List.of("matchExpressions", "matchFields")) {
      for (Section entry : term.list(list)) {
        entry.known("key", "operator", "values");
        if (entry.text("key", "").isEmpty()) {
          entry.wrong("key", "must not be empty");
        }
        if (entry
            .oneOf("operator", "", "In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt")
            .isEmpty()) {
          entry.wrong("operator", "must not be empty");
        }
      }
    }
    return NodeTerm.of(term.node());
  }
}
