package dev.evenkeel.runtime.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.spi.ClientAdapter.Hook;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import org.junit.jupiter.api.Test;

class WeaverTest {
  /** Stands for a library's class. */
  static class Library {
    Library() {}

    Library(int number) {
      call(number);
    }

    final int call(int number) {
      return number;
    }
  }

  @Test
  void hook_onAConstructor_matchesTheOneOfItsDescriptor() {
    assertThat(matched("<init>", "(I)V"))
        .extracting(MethodDescription::getDescriptor, MethodDescription::isConstructor)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("(I)V", true));
  }

  @Test
  void hook_withoutADescriptor_matchesEveryOneOfItsName() {
    assertThat(matched("<init>", null)).hasSize(2);
    assertThat(matched("call", null))
        .extracting(MethodDescription::getName)
        .containsExactly("call");
  }

  private static MethodList<?> matched(String method, String descriptor) {
    return TypeDescription.ForLoadedType.of(Library.class)
        .getDeclaredMethods()
        .filter(Weaver.matcher(new Hook(Library.class.getName(), method, descriptor, "Advice")));
  }
}
