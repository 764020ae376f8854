package dev.evenkeel.it.httpasyncclient4;

import org.apache.http.client.config.CookieSpecs;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.cookie.CookieSpecProvider;
import org.apache.http.impl.cookie.DefaultCookieSpecProvider;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;

/**
 * The client of 4.1, whose calls go on when their futures are cancelled: they are given up by their
 * requests. And with cookies of hosts of one label: by default its HttpClient 4.4 takes their names
 * for public suffixes and keeps none, and {@code orders} is one. Stateless. Thread-safe.
 */
final class HttpAsyncClient41Driver extends HttpAsyncClient4Driver {
  @Override
  boolean isCancelledByItsFuture() {
    return false;
  }

  @Override
  HttpAsyncClientBuilder builder() {
    return super.builder()
        .setDefaultCookieSpecRegistry(
            RegistryBuilder.<CookieSpecProvider>create()
                .register(CookieSpecs.DEFAULT, new DefaultCookieSpecProvider())
                .build());
  }
}
