package dev.evenkeel.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.config.Settings;
import dev.evenkeel.spi.ClientAdapter;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The adapters that the options know are those that there are. */
class AdapterNamesTest {
  @Test
  void adapter_ofEachName_canBeSwitchedOff() {
    Settings settings = Settings.of(null, Map.of(), Map.of());

    List<ClientAdapter> adapters =
        ServiceLoader.load(ClientAdapter.class).stream().map(ServiceLoader.Provider::get).toList();

    assertThat(adapters)
        .hasSize(6)
        .allSatisfy(
            adapter ->
                assertThat(settings.getOrDefault("adapters." + adapter.name() + ".enabled"))
                    .isEqualTo("true"));
  }
}
