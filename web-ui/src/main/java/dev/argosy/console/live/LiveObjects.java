package dev.argosy.console.live;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.WatchEvent;
import dev.argosy.model.client.WatchOptions;
import dev.argosy.model.client.WatchStream;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shows a collection in a component for as long as it is attached: the state first, then every
 * change, at most four times a second. A watch that ends is started anew; one that is refused is
 * told to the view and tried again every few seconds.
 *
 * @param <T> the small record a row is made of
 */
public final class LiveObjects<T> {

  private static final long PACE_MILLIS = 250;
  private static final long RETRY_MILLIS = 3_000;

  /** What a view does with news; called with the UI's lock held. */
  public interface View<T> {
    /** The rows in the order of their keys. */
    void show(List<T> rows);

    /** Why nothing can be shown, or that it is over. */
    default void trouble(Optional<Status> why) {}
  }

  private final ApiClient api;
  private final ResourceScope scope;
  private final WatchOptions options;
  private final Function<ApiObject, T> decode;
  private final View<T> view;
  private @Nullable Running running;

  private LiveObjects(
      ApiClient api,
      ResourceScope scope,
      WatchOptions options,
      Function<ApiObject, T> decode,
      View<T> view) {
    this.api = api;
    this.scope = scope;
    this.options = options;
    this.decode = decode;
    this.view = view;
  }

  /** Begins when the component is attached, ends when it is detached. */
  public static <T> void bind(
      Component component,
      ApiClient api,
      ResourceScope scope,
      WatchOptions options,
      Function<ApiObject, T> decode,
      View<T> view) {
    LiveObjects<T> live = new LiveObjects<>(api, scope, options, decode, view);
    component.addAttachListener(event -> live.start(event.getUI()));
    component.addDetachListener(event -> live.stop());
    component.getUI().ifPresent(live::start);
  }

  private synchronized void start(UI ui) {
    if (running == null) {
      running = new Running(ui);
    }
  }

  private synchronized void stop() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  /** One attachment: a thread that reads the watch, and one that tells the browser. */
  private final class Running {
    private final UI ui;
    private final ConcurrentSkipListMap<ObjectKey, T> rows = new ConcurrentSkipListMap<>();
    private final Semaphore news = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Optional<Status> trouble = Optional.empty();
    private volatile @Nullable WatchStream stream;
    private final Thread reader;
    private final Thread teller;

    Running(UI ui) {
      this.ui = ui;
      this.reader = Thread.ofVirtual().name("console-watch-" + scope.resource()).start(this::read);
      this.teller = Thread.ofVirtual().name("console-tell-" + scope.resource()).start(this::tell);
    }

    void close() {
      closed.countDown();
      WatchStream open = stream;
      if (open != null) {
        open.close();
      }
      reader.interrupt();
      teller.interrupt();
    }

    private void read() {
      try {
        do {
          switch (api.watch(scope, options)) {
            case ApiResult.Ok<WatchStream>(WatchStream opened) -> follow(opened);
            case ApiResult.Refused<WatchStream>(Status status) -> trouble(Optional.of(status));
          }
        } while (!closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void follow(WatchStream opened) throws InterruptedException {
      try (opened) {
        stream = opened;
        rows.clear();
        for (List<WatchEvent> events = opened.next();
            !events.isEmpty() && closed.getCount() > 0;
            events = opened.next()) {
          events.forEach(this::apply);
        }
      }
    }

    private void apply(WatchEvent event) {
      switch (event) {
        case WatchEvent.Added(ApiObject object) -> rows.put(object.key(), decode.apply(object));
        case WatchEvent.Modified(ApiObject object) -> rows.put(object.key(), decode.apply(object));
        case WatchEvent.Deleted(ApiObject object) -> rows.remove(object.key());
        case WatchEvent.Bookmark(long revision, boolean end) -> {
          if (!end) {
            return;
          }
        }
        case WatchEvent.Failed(Status status) -> {
          return;
        }
      }
      trouble(Optional.empty());
    }

    private void trouble(Optional<Status> why) {
      trouble = why;
      news.release();
    }

    private void tell() {
      try {
        do {
          news.acquire();
          news.drainPermits();
          List<T> now = List.copyOf(rows.values());
          Optional<Status> why = trouble;
          var unused =
              ui.access(() -> {
                view.trouble(why);
                view.show(now);
              });
        } while (!closed.await(PACE_MILLIS, TimeUnit.MILLISECONDS));
      } catch (InterruptedException | com.vaadin.flow.component.UIDetachedException e) {
        close();
      }
    }
  }
}
