package dev.evenkeel.scenarios.app;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import okio.AsyncTimeout;

/**
 * Deploys a web application per argument but the first, which is a URL: lets it call that,
 * undeploys it, and says whether its class loader went.
 */
public final class Container {
  private static final int COLLECTIONS = 100;
  private static final int WAIT_MILLIS = 50;

  private Container() {}

  public static void main(String[] arguments) throws Exception {
    startSharedWatchdog();
    for (int i = 1; i < arguments.length; i++) {
      ReferenceQueue<ClassLoader> gone = new ReferenceQueue<>();
      WeakReference<ClassLoader> loader = deployAndUndeploy(arguments[i], arguments[0], gone);
      boolean isCollected = isCollected(gone);
      System.out.println(arguments[i] + (isCollected ? " is gone" : " stays: " + loader.get()));
    }
  }

  /** Okio is the container's: a thread of its own that lives on for a minute is no leak of ours. */
  private static void startSharedWatchdog() {
    AsyncTimeout timeout = new AsyncTimeout();
    timeout.timeout(1, java.util.concurrent.TimeUnit.HOURS);
    timeout.enter();
    timeout.exit();
  }

  /** On a thread of its own, as a container would, so that no frame of this one keeps anything. */
  private static WeakReference<ClassLoader> deployAndUndeploy(
      String webapp, String url, ReferenceQueue<ClassLoader> gone) throws InterruptedException {
    ClassLoader loader = new WebappLoader();
    Thread thread =
        new Thread(
            () -> {
              Thread.currentThread().setContextClassLoader(loader);
              try (Webapp deployed =
                  (Webapp) loader.loadClass(webapp).getConstructor().newInstance()) {
                System.out.println(deployed.apply(url));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    thread.join();
    return new WeakReference<>(loader, gone);
  }

  private static boolean isCollected(ReferenceQueue<ClassLoader> gone) throws InterruptedException {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      if (gone.remove(WAIT_MILLIS) != null) {
        return true;
      }
    }
    return false;
  }
}
