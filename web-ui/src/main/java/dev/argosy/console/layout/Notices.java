package dev.argosy.console.layout;

import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.status.Status;

/** Tells what came of an action, at the bottom of the page. */
public final class Notices {

  private static final int SHORT_MILLIS = 3_000;
  private static final int LONG_MILLIS = 10_000;

  private Notices() {}

  public static void done(String what) {
    Notification notice = Notification.show(what, SHORT_MILLIS, Notification.Position.BOTTOM_END);
    notice.addThemeVariants(NotificationVariant.LUMO_SUCCESS);
  }

  public static void refused(Status status) {
    Notification notice =
        Notification.show(status.message(), LONG_MILLIS, Notification.Position.BOTTOM_END);
    notice.addThemeVariants(NotificationVariant.LUMO_ERROR);
  }

  /** Says "done", or why not. Answers whether it was done. */
  public static boolean report(ApiResult<?> result, String done) {
    return switch (result) {
      case ApiResult.Ok<?> ok -> {
        done(done);
        yield true;
      }
      case ApiResult.Refused<?>(Status status) -> {
        refused(status);
        yield false;
      }
    };
  }
}
