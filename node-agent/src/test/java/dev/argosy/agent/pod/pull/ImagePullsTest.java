package dev.argosy.agent.pod.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.event.PodEvents;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.volume.NodeVolumes;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Images of one tenant, wanted by another. */
final class ImagePullsTest {

  private static final String PRIVATE = "reg.example.com/acme/app:1";
  private static final String PUBLIC = "reg.example.com/public:1";
  private static final GroupResource SECRETS = new GroupResource("", "secrets");

  @TempDir Path folder;
  private final Clock clock = Clock.systemUTC();
  private final FakeRuntime runtime = new FakeRuntime(clock);
  private final FakeApi api = new FakeApi(clock, "root", "acme", "evil");
  private ImagePulls pulls;

  @BeforeEach
  void start() {
    runtime.images().publish(PRIVATE, "acme", "secret");
    runtime.images().publish(PUBLIC);
    pulls = pulls(VerificationPolicy.DEFAULT);
    secret("acme", "right", "acme:secret");
    secret("evil", "guessed", "acme:guess");
  }

  private ImagePulls pulls(VerificationPolicy policy) {
    return new ImagePulls(
        runtime.images(),
        api.client(),
        new ImagePulls.Settings(
            ImagePulls.folder(folder), policy, 2, CredentialPlugins.none(clock)),
        clock);
  }

  private void secret(String cluster, String name, String userAndPassword) {
    ObjectNode auths = Json.object();
    auths.putObject("auths").putObject("reg.example.com").put("auth", base64(userAndPassword));
    ObjectNode secret = Json.object();
    secret.put("apiVersion", "v1").put("kind", "Secret");
    secret.putObject("metadata").put("name", name).put("namespace", "default");
    secret.put("type", "kubernetes.io/dockerconfigjson");
    secret.putObject("data").put(".dockerconfigjson", base64(auths.toString()));
    api.client().create(ResourceScope.namespace(SECRETS, cluster, "default"), secret).orThrow();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private PullResult run(String cluster, String image, String policy, String... secrets)
      throws RuntimeFailure {
    ObjectNode tree = Json.object();
    tree.putObject("metadata").put("name", "p").put("namespace", "default").put("uid", "u");
    ObjectNode spec = tree.putObject("spec");
    for (String secret : secrets) {
      spec.withArray("imagePullSecrets").addObject().put("name", secret);
    }
    ObjectNode container = spec.putArray("containers").addObject();
    container.put("name", "c").put("image", image).put("imagePullPolicy", policy);
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), cluster, "default", "p");
    PodView pod = PodView.of(ApiObject.ofWire(key, 1, Json.mapper().writeValueAsBytes(tree)));
    return pulls.ensure(pod, pod.containers().getFirst(), () -> {});
  }

  private static void refused(PullResult result, String reason) {
    assertThat(result)
        .isInstanceOfSatisfying(
            PullResult.Failed.class, failed -> assertThat(failed.reason()).isEqualTo(reason));
  }

  @Test
  void aPrivateImageOfOneTenantIsNoGiftToAnother() throws Exception {
    assertThat(run("acme", PRIVATE, "IfNotPresent", "right")).isInstanceOf(PullResult.Pulled.class);
    assertThat(run("acme", PRIVATE, "IfNotPresent", "right"))
        .isInstanceOf(PullResult.Present.class);
    assertThat(run("acme", PRIVATE, "Never", "right")).isInstanceOf(PullResult.Present.class);

    refused(run("evil", PRIVATE, "IfNotPresent"), "ErrImagePull");
    refused(run("evil", PRIVATE, "Never"), "ErrImageNeverPull");
    refused(run("evil", PRIVATE, "IfNotPresent", "guessed"), "ErrImagePull");
    refused(run("evil", PRIVATE, "IfNotPresent", "right"), "ErrImagePull");
    refused(run("acme", PRIVATE, "IfNotPresent"), "ErrImagePull");
  }

  @Test
  void norUnderItsIdOrByAnotherName() throws Exception {
    run("acme", PRIVATE, "IfNotPresent", "right");
    String id = runtime.images().find(PRIVATE).orElseThrow().id();
    refused(run("evil", id, "IfNotPresent"), "ErrImagePull");
    refused(run("evil", id, "Never"), "ErrImageNeverPull");
  }

  @Test
  void whatWasFetchedIsRememberedByTheNextAgent() throws Exception {
    run("acme", PRIVATE, "IfNotPresent", "right");
    pulls = pulls(VerificationPolicy.DEFAULT);
    refused(run("evil", PRIVATE, "IfNotPresent"), "ErrImagePull");
    assertThat(run("acme", PRIVATE, "IfNotPresent", "right"))
        .isInstanceOf(PullResult.Present.class);
  }

  @Test
  void recordsOfImagesThatAreNoMoreGoAndOthersStay() throws Exception {
    run("acme", PRIVATE, "IfNotPresent", "right");
    run("acme", PUBLIC, "IfNotPresent");
    Path records = ImagePulls.folder(folder).resolve("pulled");
    assertThat(records.toFile().list()).hasSize(2);
    runtime.images().remove(PUBLIC);
    pulls.forgetRemoved();
    assertThat(records.toFile().list()).hasSize(1);
    refused(run("evil", PRIVATE, "IfNotPresent"), "ErrImagePull");
  }

  @Test
  void whoMayUseAnImageOutlivesTheSweepOfVolumes() throws Exception {
    run("acme", PRIVATE, "IfNotPresent", "right");
    try (PodEvents events = new PodEvents(api.client(), "n", clock)) {
      new NodeVolumes(folder, api.client(), runtime.images(), events, clock).sweep();
    }
    refused(run("evil", PRIVATE, "IfNotPresent"), "ErrImagePull");
    refused(run("evil", PRIVATE, "Never"), "ErrImageNeverPull");
  }

  @Test
  @Timeout(30)
  void recordsThatCannotBeWrittenKeepNoImageForEver() throws Exception {
    Path inTheWay = Files.createFile(ImagePulls.folder(folder));
    for (int i = 0; i < 3; i++) { // more than are fetched at a time
      refused(run("acme", PUBLIC, "IfNotPresent"), "ErrImagePull");
    }
    Files.delete(inTheWay);
    assertThat(run("acme", PUBLIC, "IfNotPresent")).isInstanceOf(PullResult.Pulled.class);
    assertThat(ImagePulls.folder(folder).resolve("pulling")).isEmptyDirectory();
  }

  @Test
  void anImageWhoseRecordCouldNotBeWrittenIsFetchedAgain() throws Exception {
    Path inTheWay = ImagePulls.folder(folder).resolve("pulled");
    Files.createDirectories(inTheWay.getParent());
    Files.createFile(inTheWay);
    refused(run("acme", PRIVATE, "IfNotPresent", "right"), "ErrImagePull");
    Files.delete(inTheWay);
    refused(run("evil", PRIVATE, "Never"), "ErrImageNeverPull");
    assertThat(run("acme", PRIVATE, "IfNotPresent", "right")).isInstanceOf(PullResult.Pulled.class);
    assertThat(ImagePulls.folder(folder).resolve("pulling")).isEmptyDirectory();
  }

  @Test
  void anotherTenantWithCredentialsOfItsOwnGetsIt() throws Exception {
    run("acme", PRIVATE, "IfNotPresent", "right");
    secret("evil", "bought", "acme:secret");
    assertThat(run("evil", PRIVATE, "IfNotPresent", "bought"))
        .as("equal credentials")
        .isInstanceOf(PullResult.Present.class);
  }

  @Test
  void aChangedSecretMustProveItself() throws Exception {
    run("acme", PRIVATE, "IfNotPresent", "right");
    secret("acme", "renewed", "acme:new");
    runtime.images().publish(PRIVATE, "acme", "new");
    assertThat(run("acme", PRIVATE, "IfNotPresent", "renewed"))
        .isInstanceOf(PullResult.Pulled.class);
    assertThat(run("acme", PRIVATE, "IfNotPresent", "renewed"))
        .isInstanceOf(PullResult.Present.class);
  }

  @Test
  void publicImagesAndThoseThatWereThereAreEveryones() throws Exception {
    assertThat(run("acme", PUBLIC, "IfNotPresent")).isInstanceOf(PullResult.Pulled.class);
    assertThat(run("evil", PUBLIC, "Never")).isInstanceOf(PullResult.Present.class);
    runtime.images().add("there:1");
    assertThat(run("evil", "there:1", "Never")).isInstanceOf(PullResult.Present.class);
  }

  @Test
  void policiesOfVerification() throws Exception {
    runtime.images().add("there:1");
    runtime.images().add("reg.example.com/base/java:1");
    pulls = pulls(VerificationPolicy.of("AlwaysVerify", List.of()));
    refused(run("evil", "there:1", "Never"), "ErrImageNeverPull");
    pulls =
        pulls(
            VerificationPolicy.of(
                "NeverVerifyAllowlistedImages", List.of("reg.example.com/base/*")));
    refused(run("evil", "there:1", "Never"), "ErrImageNeverPull");
    assertThat(run("evil", "reg.example.com/base/java:1", "Never"))
        .isInstanceOf(PullResult.Present.class);
    run("acme", PRIVATE, "IfNotPresent", "right");
    pulls = pulls(VerificationPolicy.of("neververify", List.of()));
    assertThat(run("evil", PRIVATE, "Never")).isInstanceOf(PullResult.Present.class);
  }

  @Test
  void anImageWhosePullWasLostSightOfIsNotTakenForOneThatWasThere() throws Exception {
    new PullRecords(ImagePulls.folder(folder)).begin(ImageName.of(PRIVATE).orElseThrow());
    runtime.images().add(PRIVATE);
    refused(run("evil", PRIVATE, "IfNotPresent"), "ErrImagePull");
  }

  @Test
  void badNamesAndAbsentImagesAreToldApart() throws Exception {
    refused(run("acme", "Not A Name", "IfNotPresent"), "InvalidImageName");
    refused(run("acme", "no/such:1", "IfNotPresent"), "ErrImagePull");
    refused(run("acme", "no/such:1", "Never"), "ErrImageNeverPull");
  }

  @Test
  void damagedRecordsOpenNothing() throws Exception {
    run("acme", PRIVATE, "IfNotPresent", "right");
    try (Stream<Path> records = Files.list(ImagePulls.folder(folder).resolve("pulled"))) {
      Files.writeString(records.findFirst().orElseThrow(), "{");
    }
    refused(run("evil", PRIVATE, "IfNotPresent"), "ErrImagePull");
    assertThat(run("acme", PRIVATE, "IfNotPresent", "right")).isInstanceOf(PullResult.Pulled.class);
  }

  @Test
  void nothingOfCredentialsIsOnDisk() throws Exception {
    run("acme", PRIVATE, "IfNotPresent", "right");
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.filter(Files::isRegularFile).toList()) {
        assertThat(text(one)).doesNotContain("secret\"", "acme:", base64("acme:secret"));
      }
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }
}
