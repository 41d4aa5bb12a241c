package dev.argosy.bench;

import dev.argosy.store.etcd.EtcdServer;
import dev.argosy.store.etcd.EtcdStore;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Creates of a custom resource with a structural schema, with and without rules in CEL, against
 * ConfigMaps of the same size, in turns, over TLS and HTTP/2 into etcd.
 */
final class ApiCustom implements Benchmark {

  private static final int THREADS = 64;
  private static final int CONNECTIONS = 4;
  private static final Duration TURN = Duration.ofMillis(1_500);
  private static final Duration WARM = Duration.ofSeconds(2);
  private static final String DEFINITIONS =
      "/clusters/acme/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String CUSTOM = "/clusters/acme/apis/example.com/v1/namespaces/default/";
  private static final String FILLER = "x".repeat(900);

  /** Four rules as people write them: two fields, a list, an enumeration, a string. */
  private static final String RULES =
      """
      ,"x-kubernetes-validations":[
       {"rule":"self.least <= self.replicas","message":"too few replicas"},
       {"rule":"self.ports.all(p, p.port > 0 && p.name != '')"},
       {"rule":"self.mode != 'Off' || self.replicas == 0"},
       {"rule":"self.text.size() < 2000 && !self.text.startsWith('-')"}]\
      """;

  private final AtomicInteger names = new AtomicInteger();

  @Override
  public void run(Consumer<Result> out) throws Exception {
    try (EtcdServer etcd = EtcdServer.start();
        Front front = Front.encrypted(new EtcdStore(etcd.config()), parts -> {})) {
      List<HttpClient> clients = front.clients(CONNECTIONS);
      define(front, clients.getFirst(), "plains", "Plain", "");
      define(front, clients.getFirst(), "strictlies", "Strictly", RULES);
      Map<String, IntConsumer> turns = new LinkedHashMap<>();
      turns.put(
          "ConfigMap",
          n -> create(front, clients, n, Front.NAMESPACE + "configmaps", configMap(name())));
      turns.put(
          "custom, schema only",
          n -> create(front, clients, n, CUSTOM + "plains", custom("Plain", name())));
      turns.put(
          "custom, schema and four rules",
          n -> create(front, clients, n, CUSTOM + "strictlies", custom("Strictly", name())));
      for (IntConsumer turn : turns.values()) {
        Load.perSecond(WARM, THREADS, turn);
      }
      Map<String, Double> rates = Load.inTurns(turns, TURN, THREADS);
      rates.forEach((turn, rate) ->
          out.accept(new Result("created of 1 kB, 64 at once: " + turn, rate, "/s", "")));
    }
  }

  private static void define(
      Front front, HttpClient client, String plural, String kind, String rules) {
    String definition =
        """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
         "metadata":{"name":"%s.example.com"},"spec":{"group":"example.com","scope":"Namespaced",
         "names":{"plural":"%s","kind":"%s"},"versions":[{"name":"v1","served":true,"storage":true,
         "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object",
         "required":["least","replicas","mode","text","ports"],"properties":{
          "least":{"type":"integer","minimum":0},
          "replicas":{"type":"integer","minimum":0,"maximum":100},
          "mode":{"type":"string","enum":["Off","Slow","Fast"]},
          "text":{"type":"string","maxLength":4000},
          "ports":{"type":"array","maxItems":20,"items":{"type":"object",
           "required":["name","port"],"properties":{"name":{"type":"string","maxLength":60},
           "port":{"type":"integer"},"protocol":{"type":"string","default":"TCP"}}}}}%s}}}}}]}}
        """
            .formatted(plural, plural, kind, rules);
    front.send(client, "POST", DEFINITIONS, Front.Body.json(definition), 201);
  }

  private static void create(
      Front front, List<HttpClient> clients, int number, String path, String body) {
    front.send(clients.get(number % CONNECTIONS), "POST", path, Front.Body.json(body), 201);
  }

  private String name() {
    return "created-" + names.incrementAndGet();
  }

  private static String configMap(String name) {
    return """
    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"least":"1",\
    "replicas":"3","mode":"Fast","text":"%s","ports":"http 80 TCP, https 443 TCP"}}\
    """
        .formatted(name, FILLER);
  }

  private static String custom(String kind, String name) {
    return """
    {"apiVersion":"example.com/v1","kind":"%s","metadata":{"name":"%s"},"spec":{"least":1,\
    "replicas":3,"mode":"Fast","text":"%s","ports":[{"name":"http","port":80},\
    {"name":"https","port":443}]}}\
    """
        .formatted(kind, name, FILLER);
  }
}
