package dev.argosy.agent.pod.pull;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.ContainerView.PullPolicy;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.ImageStore;
import dev.argosy.agent.runtime.spi.ImageStore.Credentials;
import dev.argosy.agent.runtime.spi.ImageStore.Image;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import dev.argosy.model.client.ApiClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that containers' images are there, and that none is used by whom it was not meant for.
 */
public final class ImagePulls {

  /**
   * How this node fetches images.
   *
   * @param folder where records are kept, and nothing else: see {@link ImagePulls#folder}
   * @param parallel how many are fetched at a time; 0 for any number
   */
  public record Settings(
      Path folder, VerificationPolicy verification, int parallel, CredentialPlugins plugins) {}

  /** Where records lie in an agent's data folder. */
  public static Path folder(Path data) {
    return data.resolve("pulls");
  }

  private final ImageStore images;
  private final PullSecrets secrets;
  private final Settings settings;
  private final PullRecords records;
  private final Semaphore turns;
  private final Clock clock;

  public ImagePulls(ImageStore images, ApiClient api, Settings settings, Clock clock) {
    this.images = images;
    this.secrets = new PullSecrets(api);
    this.settings = settings;
    this.records = new PullRecords(settings.folder());
    int parallel = settings.parallel() == 0 ? Integer.MAX_VALUE : settings.parallel();
    this.turns = new Semaphore(parallel, true);
    this.clock = clock;
  }

  /**
   * The image of a container, fetched if its policy or the records say so.
   *
   * @param beforePull called before something is fetched
   */
  public PullResult ensure(PodView pod, ContainerView container, Runnable beforePull)
      throws RuntimeFailure {
    String reference = container.image();
    Optional<ImageName> parsed = ImageName.of(reference);
    if (parsed.isEmpty()) {
      return new PullResult.Failed(
          "InvalidImageName",
          "Failed to apply default image tag \"%s\": couldn't parse image name \"%s\": invalid"
                  .formatted(reference, reference)
              + " reference format");
    }
    ImageName name = parsed.get();
    try {
      Optional<Image> present = images.find(reference);
      List<Claim> claims = secrets.find(pod, name);
      boolean open = present.isPresent() && admitted(name, present.get(), claims);
      if (open && container.pullPolicy() != PullPolicy.ALWAYS) {
        return new PullResult.Present(present.get());
      }
      if (container.pullPolicy() == PullPolicy.NEVER) {
        return new PullResult.Failed(
            "ErrImageNeverPull",
            "Container image \""
                + reference
                + (present.isPresent()
                    ? "\" is present with pull policy of Never but does not have the proper"
                        + " credentials to be used by the pod"
                    : "\" is not present with pull policy of Never"));
      }
      return pull(reference, name, claims, beforePull);
    } catch (IOException e) {
      return new PullResult.Failed(
          "ErrImagePull", "the node's records of fetched images cannot be used: " + e);
    }
  }

  /** Forgets who may use images that are no more. */
  public void forgetRemoved() throws RuntimeFailure, IOException {
    Instant before = clock.instant();
    records.keepOnly(images.list().stream().map(Image::id).collect(Collectors.toSet()), before);
  }

  private boolean admitted(ImageName name, Image image, List<Claim> claims) throws IOException {
    if (settings.verification().kind() == VerificationPolicy.Kind.NEVER_VERIFY) {
      return true;
    }
    Optional<Access> access = records.find(image.id());
    if (access.isEmpty()) {
      return settings.verification().opens(name) && !records.inPulling(name);
    }
    Map<String, String> fingerprints = new HashMap<>();
    for (Claim claim : claims) {
      fingerprints.put(
          claim.secret() + "#" + fingerprints.size(), records.fingerprint(claim.credentials()));
    }
    return access.get().admits(name, fingerprints);
  }

  private PullResult pull(String reference, ImageName name, List<Claim> claims, Runnable beforePull)
      throws RuntimeFailure, IOException {
    Instant wanted = clock.instant();
    beforePull.run();
    turns.acquireUninterruptibly();
    try {
      records.begin(name);
      return fetch(reference, name, claims, wanted);
    } finally {
      turns.release();
    }
  }

  private PullResult fetch(String reference, ImageName name, List<Claim> claims, Instant wanted)
      throws RuntimeFailure, IOException {
    try {
      Instant began = clock.instant();
      Image image = pullWithAny(reference, name, claims);
      Instant ended = clock.instant();
      return new PullResult.Pulled(
          image, Duration.between(began, ended), Duration.between(wanted, ended));
    } catch (RuntimeFailure e) {
      if (e.kind() == Kind.UNAVAILABLE) {
        records.lost(name);
        throw e;
      }
      records.failed(name);
      return new PullResult.Failed("ErrImagePull", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      records.lost(name);
      throw e;
    }
  }

  /** With each of the pod's credentials, or those of the node, or with none. */
  private Image pullWithAny(String reference, ImageName name, List<Claim> claims)
      throws RuntimeFailure, IOException {
    List<Try> tries = new ArrayList<>();
    claims.forEach(claim -> tries.add(new Try(claim.credentials(), Optional.of(claim))));
    settings.plugins().find(name).forEach(own -> tries.add(new Try(own, Optional.empty())));
    if (tries.isEmpty()) {
      tries.add(new Try(null, Optional.empty()));
    }
    RuntimeFailure last = null;
    for (Try one : tries) {
      try {
        Image image = images.pull(reference, one.credentials);
        records.succeeded(name, image.id(), one.by);
        return image;
      } catch (RuntimeFailure e) {
        if (e.kind() == Kind.UNAVAILABLE) {
          throw e;
        }
        last = e;
      }
    }
    throw Objects.requireNonNull(last);
  }

  private record Try(@Nullable Credentials credentials, Optional<Claim> by) {}
}
