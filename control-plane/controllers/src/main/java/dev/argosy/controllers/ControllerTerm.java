package dev.argosy.controllers;

import dev.argosy.controllers.autoscale.AutoscaleController;
import dev.argosy.controllers.certificate.RequestCleaner;
import dev.argosy.controllers.cronjob.CronJobController;
import dev.argosy.controllers.csi.attach.AttachController;
import dev.argosy.controllers.csi.expand.ExpandController;
import dev.argosy.controllers.csi.provision.CloneProtection;
import dev.argosy.controllers.csi.provision.DeletionController;
import dev.argosy.controllers.csi.provision.ProvisionController;
import dev.argosy.controllers.csi.publish.PublishController;
import dev.argosy.controllers.csi.room.Rooms;
import dev.argosy.controllers.daemonset.DaemonSetController;
import dev.argosy.controllers.deployment.DeploymentController;
import dev.argosy.controllers.disruption.DisruptionController;
import dev.argosy.controllers.disruption.StaleDisruptions;
import dev.argosy.controllers.endpoints.EndpointSliceController;
import dev.argosy.controllers.endpoints.EndpointsController;
import dev.argosy.controllers.gang.GangController;
import dev.argosy.controllers.garbage.GarbageCollector;
import dev.argosy.controllers.ipam.NodeIpamController;
import dev.argosy.controllers.job.JobController;
import dev.argosy.controllers.job.OrphanController;
import dev.argosy.controllers.job.TtlController;
import dev.argosy.controllers.mirror.MirrorController;
import dev.argosy.controllers.namespace.NamespaceController;
import dev.argosy.controllers.node.NodeLifecycleController;
import dev.argosy.controllers.node.TaintEvictionController;
import dev.argosy.controllers.podgc.EndedPodsController;
import dev.argosy.controllers.podgc.PodGcController;
import dev.argosy.controllers.replicaset.ReplicaSetController;
import dev.argosy.controllers.rootca.RootCaController;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.runtime.ControllerLoop;
import dev.argosy.controllers.runtime.CustomTypes;
import dev.argosy.controllers.runtime.LoopMetrics;
import dev.argosy.controllers.serviceaccount.ServiceAccountController;
import dev.argosy.controllers.servicecidr.ServiceCidrController;
import dev.argosy.controllers.statefulset.StatefulSetController;
import dev.argosy.controllers.volume.ClaimController;
import dev.argosy.controllers.volume.ClaimProtection;
import dev.argosy.controllers.volume.EphemeralController;
import dev.argosy.controllers.volume.VolumeController;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.leader.LeaderElection;
import dev.argosy.model.metric.Metrics;
import dev.argosy.model.metric.Metrics.Reading;
import dev.argosy.model.time.Timers;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All controllers, from the moment the informers are complete until the term ends. */
final class ControllerTerm implements LeaderElection.Term {

  private static final Logger LOG = LoggerFactory.getLogger(ControllerTerm.class);

  private final ControllerContext context;
  private final List<ControllerLoop> loops;
  private final Thread starter;
  private volatile boolean closed;

  ControllerTerm(ApiClients clients, ControllerConfig config, Timers timers) {
    this(clients, config, timers, Metrics.none());
  }

  ControllerTerm(ApiClients clients, ControllerConfig config, Timers timers, Metrics metrics) {
    this.context = new ControllerContext(clients, timers);
    CustomTypes custom = new CustomTypes(context);
    Function<String, List<GroupResource>> namespaced =
        cluster -> namespaced(config.served().stored().get(), custom.namespaced(cluster));
    Rooms rooms = new Rooms(context, config.drivers());
    this.loops =
        List.of(
            NamespaceController.create(context, namespaced, config.served().remote()),
            ServiceAccountController.create(context),
            RootCaController.create(context, config.rootCaPem()),
            DeploymentController.create(context),
            ReplicaSetController.create(context),
            ReplicaSetController.forReplicationControllers(context),
            JobController.create(context),
            OrphanController.create(context),
            TtlController.create(context),
            CronJobController.create(context),
            StatefulSetController.create(context),
            DaemonSetController.create(context),
            DisruptionController.create(context, custom),
            StaleDisruptions.create(context),
            GangController.create(context),
            AutoscaleController.create(context, config.served().stored(), custom),
            ClaimController.create(context),
            VolumeController.create(context),
            ClaimProtection.create(context),
            EphemeralController.create(context),
            AttachController.create(context),
            PublishController.create(context, config.drivers()),
            ProvisionController.create(context, config.drivers()),
            CloneProtection.create(context),
            DeletionController.create(context, config.drivers()),
            ExpandController.create(context, config.drivers()),
            rooms.asking(),
            rooms.telling(),
            EndpointsController.create(context),
            EndpointSliceController.create(context),
            MirrorController.create(context),
            ServiceCidrController.create(context),
            RequestCleaner.create(context),
            RequestCleaner.ofPods(context),
            NodeIpamController.create(context, config.podSubnets()),
            NodeLifecycleController.create(context),
            TaintEvictionController.create(context),
            PodGcController.create(context),
            EndedPodsController.create(context),
            GarbageCollector.create(context, config.served().stored().get(), custom));
    loops.forEach(loop -> loop.measure(new LoopMetrics(metrics, loop.name())));
    this.starter = Thread.ofVirtual().name("controllers-start").start(this::startWhenSynced);
  }

  private static List<GroupResource> namespaced(
      List<ResourceType> types, List<GroupResource> custom) {
    Stream<GroupResource> builtin =
        types.stream()
            .filter(t -> t.namespaced() && t.verbs().containsAll(List.of("list", "delete")))
            .map(ResourceType::groupResource);
    return Stream.concat(builtin, custom.stream()).distinct().toList();
  }

  private void startWhenSynced() {
    try {
      if (context.informers().awaitSynced(() -> closed)) {
        startLoops();
      }
    } catch (InterruptedException e) {
      LOG.info("controllers were stopped before they began");
    }
  }

  private synchronized void startLoops() {
    if (!closed) {
      loops.forEach(ControllerLoop::start);
      LOG.info("{} controllers run", loops.size());
    }
  }

  /** How many keys wait in each queue. */
  List<Reading> depths() {
    return loops.stream().map(loop -> new Reading(loop.waiting(), List.of(loop.name()))).toList();
  }

  /** Whether all controllers have nothing to do at this moment. */
  boolean idle() {
    return loops.stream().allMatch(ControllerLoop::idle);
  }

  @Override
  public void close() {
    closed = true;
    starter.interrupt();
    synchronized (this) {
      loops.parallelStream().forEach(ControllerLoop::close);
    }
    context.close();
  }
}
