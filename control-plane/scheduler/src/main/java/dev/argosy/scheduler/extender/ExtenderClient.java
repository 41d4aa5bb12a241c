package dev.argosy.scheduler.extender;

import dev.argosy.model.object.Json;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Victims;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks one extender. Blocks until there is an answer or its time is up. Fields are written as Go
 * does, and read in any case, as Go does.
 */
public final class ExtenderClient {

  private static final int MAX_BYTES = 64 * 1024 * 1024;
  private static final int MAX_REASON = 200;
  private static final int MARKS_PER_SCORE = 10;
  private static final long BEST = 10;

  private final Extender extender;
  private final int number;
  private final HttpClient http;

  /**
   * What it says of nodes.
   *
   * @param fitting those that it lets through
   * @param refused the others that it names, and why
   */
  public record Judgement(List<String> fitting, Map<String, String> refused) {}

  /**
   * @param number its place in the file, from 1
   */
  ExtenderClient(Extender extender, int number) {
    this.extender = extender;
    this.number = number;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(extender.timeout())
            .followRedirects(HttpClient.Redirect.NEVER);
    extender.tls().context().ifPresent(builder::sslContext);
    this.http = builder.build();
  }

  Extender extender() {
    return extender;
  }

  int number() {
    return number;
  }

  /**
   * On which nodes the pod may run.
   *
   * @param pod as the API has it
   * @param names of the nodes that are in question
   * @param nodes where they are read whole, if names are not enough
   * @throws IOException if there is no answer that can be understood
   */
  Judgement filter(Asker asker, JsonNode pod, List<String> names, Nodes nodes) throws IOException {
    JsonNode answer = send(asker, extender.verbs().filter().orElseThrow(), args(pod, names, nodes));
    String error = field(answer, "error").asString("");
    if (!error.isEmpty()) {
      throw new IOException("filter: " + error);
    }
    Map<String, String> refused = new HashMap<>();
    for (String map : new String[] {"failedNodes", "failedAndUnresolvableNodes"}) {
      field(answer, map)
          .forEachEntry((node, why) -> refused.put(node, shortened(why.asString(""))));
    }
    Set<String> named = new HashSet<>();
    if (field(answer, "nodeNames").isArray()) {
      field(answer, "nodeNames").forEach(name -> named.add(name.asString("")));
    } else {
      field(field(answer, "nodes"), "items")
          .forEach(node -> named.add(node.path("metadata").path("name").asString("")));
    }
    named.removeAll(refused.keySet());
    return new Judgement(names.stream().filter(named::contains).toList(), refused);
  }

  private static String shortened(String text) {
    return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON);
  }

  /**
   * By how much each of these nodes gains, in marks of scores.
   *
   * @throws IOException if there is no answer that can be understood
   */
  Map<String, Long> prioritize(Asker asker, JsonNode pod, List<String> names, Nodes nodes)
      throws IOException {
    JsonNode answer =
        send(asker, extender.verbs().prioritize().orElseThrow(), args(pod, names, nodes));
    if (!answer.isArray()) {
      throw new IOException("prioritize: the answer is no list");
    }
    Map<String, Long> marks = new HashMap<>();
    for (JsonNode entry : answer) {
      long score = Math.clamp(field(entry, "score").asLong(0), 0, BEST);
      marks.put(
          field(entry, "host").asString(""), score * MARKS_PER_SCORE * extender.verbs().weight());
    }
    return marks;
  }

  /**
   * Whom room for the pod may cost.
   *
   * @param pod as the API has it
   * @param victims that were found, one choice for each node
   * @param whole reads a pod, if uids are not enough
   * @return the uids of those that are to be ended, by the names of their nodes
   * @throws IOException if there is no answer that can be understood
   */
  Map<String, Set<String>> preempt(
      Asker asker, JsonNode pod, List<Victims> victims, PreemptionForm.Reading whole)
      throws IOException {
    ObjectNode args = Json.object();
    args.set("Pod", pod);
    if (extender.cachesNodes()) {
      args.putNull("NodeNameToVictims");
      args.set("NodeNameToMetaVictims", PreemptionForm.uids(victims));
    } else {
      args.set("NodeNameToVictims", PreemptionForm.pods(victims, whole));
      args.putNull("NodeNameToMetaVictims");
    }
    return PreemptionForm.read(send(asker, extender.verbs().preempt().orElseThrow(), args));
  }

  /**
   * Has it bind the pod.
   *
   * @throws IOException if it does not say that it did
   */
  public void bind(PodView pod, String node) throws IOException {
    ObjectNode args = Json.object();
    args.put("PodName", pod.key().name()).put("PodNamespace", pod.key().namespace());
    args.put("PodUID", pod.uid()).put("Node", node);
    Asker asker = new Asker(pod.key(), false);
    JsonNode answer = send(asker, extender.verbs().bind().orElseThrow(), args);
    String error = field(answer, "error").asString("");
    if (!error.isEmpty()) {
      throw new IOException("bind: " + error);
    }
  }

  private ObjectNode args(JsonNode pod, List<String> names, Nodes nodes) throws IOException {
    ObjectNode args = Json.object();
    args.set("Pod", pod);
    if (extender.cachesNodes()) {
      args.putNull("Nodes");
      names.forEach(args.putArray("NodeNames")::add);
    } else {
      ObjectNode list = args.putObject("Nodes");
      list.put("apiVersion", "v1").put("kind", "NodeList").putObject("metadata");
      nodes.of(names).forEach(list.putArray("items")::add);
      args.putNull("NodeNames");
    }
    return args;
  }

  /** Of the field names that differ in case only, whichever is there. */
  static JsonNode field(JsonNode object, String name) {
    if (object.isObject()) {
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        if (entry.getKey().equalsIgnoreCase(name)) {
          return entry.getValue();
        }
      }
    }
    return JsonNodeFactory.instance.missingNode();
  }

  private JsonNode send(Asker asker, String verb, JsonNode body) throws IOException {
    Duration patience = asker.patience(extender.timeout());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(extender.url() + "/" + verb))
            .timeout(patience)
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .header("Argosy-Cluster", asker.pod().cluster())
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (asker.whatIf()) {
      request.header("Argosy-What-If", "true");
    }
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request.build(),
            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_BYTES));
    try {
      HttpResponse<byte[]> response = answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (response.statusCode() != 200) {
        throw new IOException(verb + ": answered " + response.statusCode());
      }
      return Json.mapper().readTree(new String(response.body(), StandardCharsets.UTF_8));
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException(verb + ": no answer in " + patience.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw new IOException(verb + ": " + e.getCause(), e);
    } catch (JacksonException e) {
      throw new IOException(verb + ": the answer is no JSON", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(verb + ": interrupted", e);
    }
  }

  /** Ends what is under way. */
  void close() {
    http.shutdownNow();
  }
}
