package dev.argosy.agent.network.service;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerHandler;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.informer.Informers;
import dev.argosy.model.kind.GroupResource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the node's rules in step with services and endpoint slices of all tenants. One virtual
 * thread decides and applies; changes that come while it works are taken together.
 */
public final class ServiceProxy implements AutoCloseable {

  /** Finds slices by {@link SliceView#serviceId}. */
  public static final String BY_SERVICE = "service";

  public static final InformerSpec<ServiceView> SERVICES =
      InformerSpec.of(ResourceScope.everywhere(new GroupResource("", "services")), ServiceView::of);

  public static final InformerSpec<SliceView> SLICES =
      InformerSpec.of(
          ResourceScope.everywhere(new GroupResource("discovery.k8s.io", "endpointslices")),
          SliceView::of,
          new Index<>(BY_SERVICE, slice -> List.of(slice.service())));

  private static final Logger LOG = LoggerFactory.getLogger(ServiceProxy.class);
  private static final int RETRY_SECONDS = 5;

  private final Informer<ServiceView> services;
  private final Informer<SliceView> slices;
  private final Informer<NodePlace> places;
  private final String node;
  private final ServiceRules rules;
  private final NftScript script;
  private final NftTable table;
  private final Semaphore changes = new Semaphore(0);
  private final Thread thread;
  private Optional<RuleSet> applied = Optional.empty();

  /**
   * @param node the name of this node
   * @param nft how to run nft, most often {@code List.of("nft")}
   */
  public ServiceProxy(Informers informers, ServiceRules rules, String node, List<String> nft) {
    this.services = informers.of(SERVICES);
    this.slices = informers.of(SLICES);
    this.places = informers.of(NodePlace.spec(node));
    this.node = node;
    this.rules = rules;
    this.script = new NftScript(rules.network());
    this.table = new NftTable(nft);
    this.thread = Thread.ofVirtual().name("service-proxy").unstarted(this::run);
  }

  /** Begins; the rules of before the start stay until the first complete state is known. */
  public void start() {
    services.onChange(changed -> changes.release());
    slices.onChange(changed -> changes.release());
    places.addHandler(new Moved());
    thread.start();
  }

  /** The node's reports change nothing here. */
  private final class Moved implements InformerHandler<NodePlace> {

    @Override
    public void added(NodePlace place) {
      changes.release();
    }

    @Override
    public void updated(NodePlace old, NodePlace place) {
      if (!place.equals(old)) {
        changes.release();
      }
    }

    @Override
    public void deleted(NodePlace last) {
      changes.release();
    }
  }

  private NodePlace place() {
    return places.get(NodePlace.key(node)).orElse(new NodePlace(node, ""));
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (!services.awaitSynced(java.time.Duration.ofSeconds(1))
          || !slices.awaitSynced(java.time.Duration.ofSeconds(1))
          || !places.awaitSynced(java.time.Duration.ofSeconds(1))) {
        LOG.debug("waiting for the services");
      }
      while (true) {
        changes.drainPermits();
        boolean done = sync(rules.decide(services.all(), slices.all(), place()));
        if (done) {
          changes.acquire();
        } else if (!changes.tryAcquire(RETRY_SECONDS, TimeUnit.SECONDS)) {
          LOG.debug("trying the service rules again");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Applies the difference, or all of it when there is nothing that it could differ from. */
  boolean sync(RuleSet wanted) {
    String text =
        applied.map(before -> script.change(before, wanted)).orElseGet(() -> script.full(wanted));
    Optional<String> failure = text.isEmpty() ? Optional.empty() : table.apply(text);
    if (failure.isEmpty()) {
      applied = Optional.of(wanted);
      return true;
    }
    LOG.error("the service rules could not be applied: {}", failure.get());
    applied = Optional.empty();
    return false;
  }
}
