package dev.argosy.incontainer;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import jakarta.inject.Inject;
import java.io.File;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole archive, deployed: the platform starts behind CDI, and a web module may use it. */
@ExtendWith(Backends.class)
@ArquillianTest
class PlatformInServerTest {

  private static final Duration LIMIT = Duration.ofSeconds(90);

  @Inject @Nullable ApiClients clients;

  @Deployment
  static EnterpriseArchive archive() {
    EnterpriseArchive ear =
        ShrinkWrap.create(ZipImporter.class, "argosy.ear")
            .importFrom(new File("../app/target/argosy.ear"))
            .as(EnterpriseArchive.class);
    ear.delete("META-INF/application.xml"); // it does not know the module with this test
    WebArchive tests =
        ShrinkWrap.create(WebArchive.class, "tests.war")
            .addClass(PlatformInServerTest.class)
            .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    return ear.addAsModule(Testable.archiveToTest(tests));
  }

  @Test
  void aWebModuleReadsTheRootClusterThroughTheApi() throws InterruptedException {
    assertNotNull(clients);
    ApiClient client = clients.as(UserInfo.system("test"));
    ObjectKey key = new ObjectKey(new GroupResource("", "namespaces"), "root", "", "kube-system");
    ApiResult<ApiObject> answer = client.get(key);
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!(answer instanceof ApiResult.Ok<?>) && System.nanoTime() < deadline) {
      new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS);
      answer = client.get(key);
    }
    assertInstanceOf(ApiResult.Ok.class, answer);
  }
}
