package dev.argosy.console.live;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shows a collection in a component for as long as it is attached: the state first, then every
 * change, at most four times a second. A refusal is told to the view, and tried again.
 *
 * @param <T> the small record a row is made of
 */
public final class LiveObjects<T> {

  private static final long PACE_MILLIS = 250;
  private static final Duration LONG = Duration.ofHours(1);

  /** What a view does with news; called with the UI's lock held. */
  public interface View<T> {
    /** The rows in the order of their keys. */
    void show(List<T> rows);

    /** Why nothing can be shown, or that it is over. */
    default void trouble(Optional<Status> why) {}
  }

  private record Row<T>(ObjectKey key, T value) {}

  private final ApiClient api;
  private final InformerSpec<Row<T>> spec;
  private final View<T> view;
  private @Nullable Showing showing;

  private LiveObjects(ApiClient api, InformerSpec<Row<T>> spec, View<T> view) {
    this.api = api;
    this.spec = spec;
    this.view = view;
  }

  /** Begins when the component is attached, ends when it is detached. */
  public static <T> void bind(
      Component component,
      ApiClient api,
      ResourceScope scope,
      String fieldSelector,
      Function<ApiObject, T> decode,
      View<T> view) {
    InformerSpec<Row<T>> spec =
        InformerSpec.<Row<T>>of(scope, object -> new Row<>(object.key(), decode.apply(object)))
            .withFieldSelector(fieldSelector);
    LiveObjects<T> live = new LiveObjects<>(api, spec, view);
    component.addAttachListener(event -> live.start(event.getUI()));
    component.addDetachListener(event -> live.stop());
    component.getUI().ifPresent(live::start);
  }

  private synchronized void start(UI ui) {
    if (showing == null) {
      showing = new Showing(ui);
    }
  }

  private synchronized void stop() {
    if (showing != null) {
      showing.close();
      showing = null;
    }
  }

  /** One attachment: an image of the collection, and a thread that tells the browser. */
  private final class Showing {
    private final UI ui;
    private final Informer<Row<T>> image = new Informer<>(api, spec);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread teller;
    private long shownRevision = -1;
    private Optional<Status> shownTrouble = Optional.empty();

    Showing(UI ui) {
      this.ui = ui;
      this.teller =
          Thread.ofVirtual().name("console-tell-" + spec.scope().resource()).start(this::tell);
    }

    void close() {
      closed.countDown();
      image.close();
      teller.interrupt();
    }

    private void tell() {
      try {
        do {
          if (image.await(this::hasNews, LONG)) {
            push();
          }
        } while (!closed.await(PACE_MILLIS, TimeUnit.MILLISECONDS));
      } catch (InterruptedException | UIDetachedException e) {
        image.close();
      }
    }

    private boolean hasNews() {
      return !image.refusal().equals(shownTrouble)
          || (image.hasSynced() && image.revision() != shownRevision);
    }

    private void push() {
      shownRevision = image.revision();
      shownTrouble = image.refusal();
      Optional<Status> trouble = shownTrouble;
      List<T> rows =
          image.all().stream().sorted(Comparator.comparing(Row::key)).map(Row::value).toList();
      var _ =
          ui.access(() -> {
            view.trouble(trouble);
            view.show(rows);
          });
    }
  }
}
