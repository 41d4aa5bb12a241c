package dev.argosy.console.live;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks what may take many seconds while the browser goes on. Of several questions only the answer
 * to the last one is shown. Used with the UI's lock held.
 *
 * @param <T> an answer
 */
public final class Asking<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Asking.class);

  private final Consumer<ApiResult<T>> shown;
  private long asked;

  /**
   * @param shown is called with the UI's lock held
   */
  public Asking(Consumer<ApiResult<T>> shown) {
    this.shown = shown;
  }

  /** Asks; does not wait. */
  public void ask(UI ui, Supplier<ApiResult<T>> question) {
    long number = ++asked;
    Thread.ofVirtual()
        .name("console-ask")
        .start(() -> {
          ApiResult<T> answer = answer(question);
          try {
            var _ =
                ui.access(() -> {
                  if (number == asked) {
                    shown.accept(answer);
                  }
                });
          } catch (UIDetachedException e) {
            LOG.debug("nobody waits for the answer any more", e);
          }
        });
  }

  private static <T> ApiResult<T> answer(Supplier<ApiResult<T>> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      LOG.error("a question failed", e);
      return ApiResult.refused(Status.of(Reason.INTERNAL_ERROR, "it could not be found out"));
    }
  }
}
