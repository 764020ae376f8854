package dev.evenkeel.it.httpclient4;

import org.apache.http.client.config.CookieSpecs;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.cookie.CookieSpecProvider;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.cookie.DefaultCookieSpecProvider;

/**
 * The client of 4.5, with cookies of hosts of one label: by default that version takes their names
 * for public suffixes and keeps none, and {@code orders} is one. Stateless. Thread-safe.
 */
final class HttpClient450Driver extends HttpClient4Driver {
  @Override
  HttpClientBuilder builder() {
    return super.builder()
        .setDefaultCookieSpecRegistry(
            RegistryBuilder.<CookieSpecProvider>create()
                .register(CookieSpecs.DEFAULT, new DefaultCookieSpecProvider())
                .build());
  }
}
