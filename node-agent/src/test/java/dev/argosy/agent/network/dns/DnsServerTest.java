package dev.argosy.agent.network.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.network.service.ServiceView;
import dev.argosy.agent.network.service.SliceView;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Questions over loopback; the client's address stands for the pod's. */
@Timeout(60)
class DnsServerTest implements ServiceDirectory {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final Map<String, ServiceView> services = new HashMap<>();
  private final Map<String, List<SliceView>> slices = new HashMap<>();
  private Optional<String> asking = Optional.of("acme");
  private DatagramSocket elsewhere;
  private DnsServer server;

  @BeforeEach
  void start() throws Exception {
    elsewhere = new DatagramSocket(0, LOOPBACK);
    Thread.ofVirtual().start(this::playUpstream);
    Upstream upstream =
        new Upstream(
            List.of(
                new InetSocketAddress(LOOPBACK, closedPort()),
                new InetSocketAddress(LOOPBACK, elsewhere.getLocalPort())),
            Duration.ofMillis(500));
    server =
        new DnsServer(
            new InetSocketAddress(LOOPBACK, 0),
            new Responder(new ClusterZone(this), address -> asking, upstream));
    put("acme", "web", "ClusterIP", "10.96.0.10", "");
    put("globex", "web", "ClusterIP", "10.96.0.20", "");
    put("acme", "db", "ClusterIP", "", "");
    put("acme", "outside", "ExternalName", "", "example.org");
    put("acme", "inside", "ExternalName", "", "web.default.svc.cluster.local");
    putSlice("acme", "db", endpoint("10.244.1.2", true, "db-0"), endpoint("10.244.1.3", true, ""));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    elsewhere.close();
  }

  @Test
  void eachTenantSeesItsOwnServices() throws Exception {
    assertThat(answers("web.default.svc.cluster.local.", Type.A)).containsExactly("10.96.0.10");
    assertThat(answers("WEB.default.SVC.cluster.local.", Type.A)).containsExactly("10.96.0.10");
    asking = Optional.of("globex");
    assertThat(answers("web.default.svc.cluster.local.", Type.A)).containsExactly("10.96.0.20");
    assertThat(ask("db.default.svc.cluster.local.", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    asking = Optional.empty();
    assertThat(ask("web.default.svc.cluster.local.", Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
  }

  @Test
  void otherTypesAreEmptyAndOtherNamesDoNotExist() throws Exception {
    Message none = ask("web.default.svc.cluster.local.", Type.AAAA);
    assertThat(none.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(none.getSection(Section.ANSWER)).isEmpty();
    assertThat(none.getSection(Section.AUTHORITY)).hasSize(1);
    assertThat(none.getHeader().getFlag(Flags.AA)).isTrue();
    for (String name :
        List.of(
            "nope.default.svc.cluster.local.",
            "web.default.svc.cluster.local.default.svc.cluster.local.",
            "example.org.cluster.local.",
            "x.web.default.svc.cluster.local.",
            "_http._tcp.nope.default.svc.cluster.local.")) {
      assertThat(ask(name, Type.A).getRcode()).as(name).isEqualTo(Rcode.NXDOMAIN);
    }
  }

  @Test
  void headlessServicesListTheirPods() throws Exception {
    assertThat(answers("db.default.svc.cluster.local.", Type.A))
        .containsExactlyInAnyOrder("10.244.1.2", "10.244.1.3");
    assertThat(answers("db-0.db.default.svc.cluster.local.", Type.A)).containsExactly("10.244.1.2");
    assertThat(answers("10-244-1-3.db.default.svc.cluster.local.", Type.A))
        .containsExactly("10.244.1.3");
    assertThat(answers("10-244-1-3.default.pod.cluster.local.", Type.A))
        .containsExactly("10.244.1.3");
  }

  @Test
  void portsAreFoundBySrv() throws Exception {
    assertThat(answers("_http._tcp.web.default.svc.cluster.local.", Type.SRV))
        .containsExactly("0 100 80 web.default.svc.cluster.local.");
    assertThat(answers("_http._tcp.db.default.svc.cluster.local.", Type.SRV))
        .containsExactlyInAnyOrder(
            "0 100 5432 db-0.db.default.svc.cluster.local.",
            "0 100 5432 10-244-1-3.db.default.svc.cluster.local.");
  }

  @Test
  void externalNamesAreFollowed() throws Exception {
    assertThat(answers("outside.default.svc.cluster.local.", Type.A))
        .containsExactly("example.org.", "192.0.2.7");
    assertThat(answers("inside.default.svc.cluster.local.", Type.A))
        .containsExactly("web.default.svc.cluster.local.", "10.96.0.10");
  }

  @Test
  void othersAreAskedElsewhereAndTheNextIfOneIsSilent() throws Exception {
    assertThat(answers("example.org.", Type.A)).containsExactly("192.0.2.7");
    elsewhere.close();
    assertThat(ask("example.org.", Type.A).getRcode()).isEqualTo(Rcode.SERVFAIL);
  }

  @Test
  void longAnswersAreCutOnUdpAndWholeOnTcp() throws Exception {
    SliceView.Endpoint[] many = new SliceView.Endpoint[200];
    for (int i = 0; i < many.length; i++) {
      many[i] = endpoint("10.244.2." + (i + 1), true, "");
    }
    put("acme", "many", "ClusterIP", "", "");
    putSlice("acme", "many", many);
    Message query = query("many.default.svc.cluster.local.", Type.A);
    try (DatagramSocket socket = new DatagramSocket()) {
      byte[] wire = query.toWire();
      socket.setSoTimeout(5000);
      socket.send(new DatagramPacket(wire, wire.length, LOOPBACK, server.port()));
      DatagramPacket packet = new DatagramPacket(new byte[9000], 9000);
      socket.receive(packet);
      assertThat(packet.getLength()).isLessThanOrEqualTo(512);
      byte[] received = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
      assertThat(new Message(received).getHeader().getFlag(Flags.TC)).isTrue();
    }
    assertThat(resolver(true).send(query).getSection(Section.ANSWER)).hasSize(200);
  }

  @Test
  void garbageIsIgnored() throws Exception {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(new byte[] {1, 2, 3}, 3, LOOPBACK, server.port()));
    }
    assertThat(answers("web.default.svc.cluster.local.", Type.A)).hasSize(1);
  }

  @Override
  public Optional<ServiceView> service(String cluster, String namespace, String name) {
    return Optional.ofNullable(services.get(SliceView.serviceId(cluster, namespace, name)));
  }

  @Override
  public List<SliceView> slices(String cluster, String namespace, String service) {
    return slices.getOrDefault(SliceView.serviceId(cluster, namespace, service), List.of());
  }

  private void put(String cluster, String name, String type, String ip, String external) {
    ObjectKey key = new ObjectKey(new GroupResource("", "services"), cluster, "default", name);
    List<ServiceView.Port> ports = List.of(new ServiceView.Port("http", "tcp", 80, 0));
    services.put(
        SliceView.serviceId(cluster, "default", name),
        new ServiceView(key, type, ip, external, false, false, ServiceView.Policy.CLUSTER, ports));
  }

  private void putSlice(String cluster, String service, SliceView.Endpoint... endpoints) {
    ObjectKey key =
        new ObjectKey(new GroupResource("d", "endpointslices"), cluster, "default", service);
    String id = SliceView.serviceId(cluster, "default", service);
    List<SliceView.Port> ports = List.of(new SliceView.Port("http", "tcp", 5432));
    slices.put(id, List.of(new SliceView(key, id, ports, List.of(endpoints))));
  }

  private static SliceView.Endpoint endpoint(String address, boolean ready, String hostname) {
    return new SliceView.Endpoint(address, ready, false, hostname, "", Set.of(), Set.of());
  }

  private List<String> answers(String name, int type) throws Exception {
    List<String> texts = new ArrayList<>();
    ask(name, type).getSection(Section.ANSWER).forEach(record -> texts.add(record.rdataToString()));
    return texts;
  }

  private Message ask(String name, int type) throws Exception {
    return resolver(false).send(query(name, type));
  }

  private static Message query(String name, int type) throws Exception {
    return Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
  }

  private SimpleResolver resolver(boolean tcp) {
    SimpleResolver resolver = new SimpleResolver(new InetSocketAddress(LOOPBACK, server.port()));
    resolver.setTimeout(Duration.ofSeconds(10));
    resolver.setTCP(tcp);
    return resolver;
  }

  private static int closedPort() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }

  /** Says 192.0.2.7 to everything. */
  private void playUpstream() {
    byte[] buffer = new byte[4096];
    while (!elsewhere.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        elsewhere.receive(packet);
        Message query = new Message(java.util.Arrays.copyOf(buffer, packet.getLength()));
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        Record question = query.getQuestion();
        reply.addRecord(question, Section.QUESTION);
        reply.addRecord(
            new ARecord(question.getName(), DClass.IN, 60, InetAddress.getByName("192.0.2.7")),
            Section.ANSWER);
        byte[] wire = reply.toWire();
        elsewhere.send(new DatagramPacket(wire, wire.length, packet.getSocketAddress()));
      } catch (java.io.IOException e) {
        return;
      }
    }
  }
}
