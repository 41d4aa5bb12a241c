package dev.argosy.agent.podresources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.grpc.GrpcChannel;
import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class PodResourcesTest {

  private static final String SERVICE = "v1.PodResourcesLister/";

  @TempDir Path data;
  private List<PodView> pods = List.of();
  private PodResources served;
  private GrpcChannel channel;

  @BeforeEach
  void start() throws Exception {
    served = new PodResources(data.resolve("r"), new Made(), () -> pods);
    channel = new GrpcChannel(data.resolve("r/kubelet.sock"));
  }

  @AfterEach
  void stop() {
    channel.close();
    served.close();
  }

  private static PodView pod(String cluster, String name, String phase) {
    String json =
        """
        {"metadata":{"name":"%s","uid":"%s-%s"},"status":{"phase":"%s"},"spec":{
         "initContainers":[{"name":"once"}],"containers":[{"name":"main"}]}}
        """
            .formatted(name, cluster, name, phase);
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), cluster, "default", name);
    return PodView.of(ApiObject.ofWire(key, 1, json.getBytes(StandardCharsets.UTF_8)));
  }

  private Message call(String method, MessageBuilder request) throws GrpcFailure {
    return channel.call(SERVICE + method, request, Duration.ofSeconds(10));
  }

  @Test
  void whoHasWhatIsTold() throws Exception {
    pods = List.of(pod("acme", "web", "Running"), pod("acme", "done", "Succeeded"));
    List<Message> told = call("List", new MessageBuilder()).messages(1);
    assertThat(told).as("who has ended has nothing").hasSize(1);
    Message web = told.getFirst();
    assertThat(web.text(1) + " " + web.text(2)).isEqualTo("web default");
    assertThat(web.messages(3)).singleElement().returns("main", c -> c.text(1));
    Message main = web.messages(3).getFirst();
    Message devices = main.messages(2).getFirst();
    assertThat(devices.text(1)).isEqualTo("a.com/x");
    assertThat(devices.texts(2)).containsExactly("d1", "d2");
    assertThat(devices.message(3).messages(1)).singleElement().returns(1L, n -> n.number(1));
    assertThat(main.bytes(3)).containsExactly(2, 3);
    Message memory = main.messages(4).getFirst();
    assertThat(memory.text(1)).isEqualTo("memory");
    assertThat(memory.number(2)).isEqualTo(1L << 30);
  }

  @Test
  void aPodIsFoundByItsNameIfOneTenantAloneHasIt() throws Exception {
    pods =
        List.of(
            pod("acme", "web", "Running"),
            pod("acme", "db", "Running"),
            pod("other", "db", "Running"));
    MessageBuilder web = new MessageBuilder().text(1, "web").text(2, "default");
    assertThat(call("Get", web).message(1).text(1)).isEqualTo("web");
    MessageBuilder both = new MessageBuilder().text(1, "db").text(2, "default");
    assertThatThrownBy(() -> call("Get", both)).hasMessageContaining("is in 2 clusters");
    MessageBuilder none = new MessageBuilder().text(1, "no").text(2, "default");
    assertThatThrownBy(() -> call("Get", none)).hasMessageContaining("not found");
  }

  @Test
  void whatThereIsIsToldAndOnlyToRoot() throws Exception {
    Message all = call("GetAllocatableResources", new MessageBuilder());
    assertThat(all.messages(1)).singleElement().returns(List.of("d1", "d2", "d3"), d -> d.texts(2));
    assertThat(all.bytes(2)).containsExactly(1, 2, 3);
    assertThat(all.messages(3)).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("r"))))
        .isEqualTo("rwx------");
  }

  private static final class Made implements Holdings {
    @Override
    public List<Devices> devices(PodView pod, ContainerView container) {
      return List.of(new Devices("a.com/x", Set.of("d2", "d1"), Set.of(1)));
    }

    @Override
    public Collection<Integer> cpus(PodView pod, ContainerView container) {
      return List.of(3, 2);
    }

    @Override
    public List<Memory> memory(PodView pod, ContainerView container) {
      return List.of(new Memory("memory", 1L << 30, Set.of(0)));
    }

    @Override
    public List<Devices> allDevices() {
      return List.of(new Devices("a.com/x", Set.of("d2", "d1", "d3"), Set.of()));
    }

    @Override
    public Collection<Integer> allCpus() {
      return List.of(1, 2, 3);
    }

    @Override
    public List<Memory> allMemory() {
      return List.of();
    }
  }
}
