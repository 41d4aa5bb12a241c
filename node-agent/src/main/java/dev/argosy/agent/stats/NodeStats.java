package dev.argosy.agent.stats;

import dev.argosy.agent.metric.MetricText;
import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pressure.FileSystems;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What this node uses, in all the forms that somebody asks for. */
public final class NodeStats {

  private static final List<String> CLAIM =
      List.of("cluster", "namespace", "persistentvolumeclaim");

  private final StatsReader reader;
  private final Place place;

  /**
   * Where things lie.
   *
   * @param data the agent's data folder
   * @param images the engine's; empty until it is known
   * @param cpus of the machine
   * @param volumes tells how full volumes are
   */
  public record Place(
      Path data,
      Supplier<Optional<Path>> images,
      int cpus,
      FileSystems files,
      DiskLooks disks,
      VolumeFigures volumes) {}

  public NodeStats(StatsReader reader, Place place) {
    this.reader = reader;
    this.place = place;
  }

  /**
   * Completes a kubelet's {@code /stats/summary}.
   *
   * @param summary with what every look reads
   */
  public ObjectNode complete(ObjectNode summary, List<PodView> pods) throws RuntimeFailure {
    MountedVolumes files = new MountedVolumes(place.files());
    new SummaryPage(
            reader.read(),
            new SummaryPage.NodeDisks(
                place.data(),
                files.of(place.data()),
                place.images().get().flatMap(files::of),
                place.disks().of(pods),
                place.volumes()))
        .complete(summary, pods);
    return summary;
  }

  /** Kubelet's {@code /metrics/cadvisor}. */
  public void cadvisor(MetricText text) throws RuntimeFailure {
    MetricPages.cadvisor(reader.read(), place.cpus(), text);
  }

  /** Kubelet's {@code /metrics/resource}. */
  public void resource(MetricText text) throws RuntimeFailure {
    MetricPages.resource(reader.read(), text);
  }

  /** Kubelet's {@code kubelet_volume_stats_*}: the volumes of claims. */
  public void volumes(List<PodView> pods, MetricText text) {
    List<ClaimFigures> claims = pods.stream().flatMap(pod -> claims(pod).stream()).toList();
    volume(text, claims, "available_bytes", VolumeFigures.Figures::availableBytes);
    volume(text, claims, "capacity_bytes", VolumeFigures.Figures::capacityBytes);
    volume(text, claims, "used_bytes", VolumeFigures.Figures::usedBytes);
    volume(text, claims, "inodes", VolumeFigures.Figures::inodes);
    volume(text, claims, "inodes_free", VolumeFigures.Figures::freeInodes);
    volume(text, claims, "inodes_used", VolumeFigures.Figures::usedInodes);
  }

  /** A claim, and how full its volume is. */
  private record ClaimFigures(List<String> values, VolumeFigures.Figures figures) {}

  private List<ClaimFigures> claims(PodView pod) {
    List<ClaimFigures> found = new ArrayList<>();
    for (JsonNode volume : pod.spec().path("volumes")) {
      Path path = PodFolder.of(place.data(), pod.uid()).volume(volume.path("name").asString(""));
      SummaryPage.claim(pod, volume)
          .ifPresent(claim ->
              place
                  .volumes()
                  .of(pod, volume, path)
                  .ifPresent(figures ->
                      found.add(
                          new ClaimFigures(
                              List.of(pod.key().cluster(), pod.key().namespace(), claim),
                              figures))));
    }
    return found;
  }

  private static void volume(
      MetricText text,
      List<ClaimFigures> claims,
      String what,
      ToLongFunction<VolumeFigures.Figures> figure) {
    String name = "kubelet_volume_stats_" + what;
    text.family(name, "gauge", "Of the volume of a claim.");
    claims.stream()
        .filter(claim -> figure.applyAsLong(claim.figures()) >= 0)
        .collect(
            Collectors.toMap(
                ClaimFigures::values,
                claim -> claim,
                (one, same) -> one,
                LinkedHashMap::new)) // pods may share a claim
        .forEach((values, claim) ->
            text.sample(name, CLAIM, values, figure.applyAsLong(claim.figures())));
  }
}
