package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.admit.Rejection;
import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.pod.plan.Observed;
import dev.argosy.agent.pod.plan.Recall;
import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.pod.status.PodSituation;
import dev.argosy.agent.pod.status.PodStatus;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a pod's status when it differs from what the API has. */
final class StatusReport {

  private static final Logger LOG = LoggerFactory.getLogger(StatusReport.class);
  private static final int LONGEST_MESSAGE = 4096;

  private final PodNode node;
  private final PodFolder folder;
  private final LastWords lastWords;

  StatusReport(PodNode node, PodFolder folder) {
    this.node = node;
    this.folder = folder;
    this.lastWords = new LastWords(node.runtime().streams());
  }

  /** Reports; answers the pod as the API has it now, or nothing if it could not be written. */
  Optional<PodView> report(PodView pod, Observed observed, Recall recall) {
    String ip = pod.hostNetwork() ? node.ip() : node.network().address(pod.uid()).orElse("");
    PodSituation situation =
        new PodSituation(
            pod,
            observed,
            recall,
            observed.sandbox().isPresent() ? ip : pod.status().path("podIP").asString(""),
            node.ip(),
            node.engine(),
            messages(pod, observed),
            node.clock().instant());
    Optional<ObjectNode> change = PodStatus.change(situation);
    change
        .filter(status -> status.path("reason").asString("").equals("DeadlineExceeded"))
        .ifPresent(status ->
            node.events().normal(pod, "", "DeadlineExceeded", status.path("message").asString("")));
    if (change.isEmpty()) {
      return Optional.of(pod);
    }
    String phase = change.get().path("phase").asString("");
    if ((phase.equals("Failed") || phase.equals("Succeeded")) && observed.running().isEmpty()) {
      node.admission().free(pod); // before others hear that there is room
    }
    return write(pod, change.get());
  }

  /** Reports that the node does not take the pod; answers as {@link #report}. */
  Optional<PodView> refuse(PodView pod, Rejection why) {
    return write(pod, PodStatus.refused(pod, why.reason(), why.text()));
  }

  /** Writes a part of the status; answers as {@link #report}. */
  Optional<PodView> write(PodView pod, ObjectNode status) {
    ObjectNode body = Json.object();
    ObjectNode metadata = body.putObject("metadata");
    if (!pod.fromFile()) {
      metadata.put("uid", pod.uid());
    }
    if (status.has("conditions") && pod.revision() > 0 && pod.revision() != Long.MAX_VALUE) {
      // others have conditions in that list too, which an older view would take away
      metadata.put("resourceVersion", Long.toString(pod.revision()));
    }
    body.set("status", status);
    return switch (node.api().patch(pod.key(), "status", Patch.merge(body))) {
      case ApiResult.Ok<ApiObject>(ApiObject now) ->
          Optional.of(pod.fromFile() ? pod.seenIn(PodView.of(now)) : PodView.of(now));
      case ApiResult.Refused<ApiObject>(Status s) -> {
        if (s.reason() != Reason.NOT_FOUND && s.reason() != Reason.CONFLICT) {
          LOG.warn("status of {} not written: {}", pod, s.message());
        }
        yield Optional.empty();
      }
    };
  }

  private Map<String, String> messages(PodView pod, Observed observed) {
    Map<String, String> messages = new HashMap<>();
    for (Container container : observed.containers()) {
      if (container.state() instanceof Container.Exited exited) {
        String name = container.labels().getOrDefault(PodLabels.CONTAINER, "");
        String text = read(folder.terminationLog(name, Observed.attempt(container)));
        if (text.isEmpty() && exited.exitCode() != 0 && fallsBackToLogs(pod, name)) {
          text = lastWords.of(container.id());
        }
        if (!text.isEmpty()) {
          messages.put(container.id(), text);
        }
      }
    }
    return messages;
  }

  private static boolean fallsBackToLogs(PodView pod, String container) {
    return pod.all().stream()
        .filter(c -> c.name().equals(container))
        .map(c -> c.tree().path("terminationMessagePolicy").asString(""))
        .anyMatch("FallbackToLogsOnError"::equals);
  }

  private static String read(Path file) {
    try {
      if (!Files.exists(file) || Files.size(file) == 0) {
        return "";
      }
      try (var in = Files.newInputStream(file)) {
        return new String(in.readNBytes(LONGEST_MESSAGE), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      return "";
    }
  }
}
