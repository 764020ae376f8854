package dev.evenkeel.runtime.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.spi.ClientAdapter.Hook;
import java.io.IOException;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.loading.ByteArrayClassLoader;
import org.junit.jupiter.api.Test;

class WeaverTest {
  /** Stands for a library's class. */
  static class Library {
    Library() {}

    Library(int number) {
      call(number);
    }

    final int call(int number) {
      return number < 0 ? -Math.abs(number) : number;
    }
  }

  /** Adds 100 to what the library returns. */
  public static final class AddingAdvice {
    private AddingAdvice() {}

    @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
    @Advice.AssignReturned.ToReturned
    public static int exit(@Advice.Return int returned) {
      return returned + 100;
    }
  }

  /** Stands for the dispatcher, and links straight to the advice. */
  public static final class Doors {
    private Doors() {}

    public static CallSite bootstrap(
        MethodHandles.Lookup caller, String name, MethodType type, Object... arguments)
        throws ReflectiveOperationException {
      Class<?> advice = Class.forName((String) arguments[0]);
      return new ConstantCallSite(MethodHandles.publicLookup().findStatic(advice, name, type));
    }

    public static void fault(Throwable fault) {
      FAULTS.add(fault);
    }
  }

  private static final List<Throwable> FAULTS = new ArrayList<>();
  private static final ClassLoader LOADER = WeaverTest.class.getClassLoader();
  private static final Hook HOOK =
      new Hook(Library.class.getName(), "call", "(I)I", AddingAdvice.class.getName());

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

  @Test
  void classFileOfJava6_woven_runsWithItsAdvice() throws Exception {
    byte[] woven = weaver().weave(List.of(HOOK), LOADER, ofVersion(50));

    assertThat(ClassFileVersion.ofClassFile(woven)).isEqualTo(ClassFileVersion.JAVA_V7);
    assertThat(callOf(woven, 3)).isEqualTo(103);
    assertThat(callOf(woven, -3)).isEqualTo(97);
  }

  @Test
  void classFileOfThisJava_woven_keepsItsVersion() throws Exception {
    byte[] woven = weaver().weave(List.of(HOOK), LOADER, ofVersion(61));

    assertThat(ClassFileVersion.ofClassFile(woven)).isEqualTo(ClassFileVersion.JAVA_V17);
    assertThat(callOf(woven, 3)).isEqualTo(103);
  }

  @Test
  void classFileOlderThanJava6_isRefused() throws Exception {
    Weaver weaver = weaver();
    byte[] old = ofVersion(49);

    assertThatThrownBy(() -> weaver.weave(List.of(HOOK), LOADER, old))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("has class file version 49 (expected: 50 or newer)");
  }

  private static Weaver weaver() throws Exception {
    return new Weaver(
        new Dispatcher(Doors.class),
        Map.of(AddingAdvice.class.getName(), bytes(AddingAdvice.class)));
  }

  /** The library's class file, with another major version. */
  private static byte[] ofVersion(int major) throws IOException {
    byte[] classFile = bytes(Library.class);
    classFile[7] = (byte) major;
    return classFile;
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    return ClassFileLocator.ForClassLoader.of(LOADER).locate(type.getName()).resolve();
  }

  private static Object callOf(byte[] classFile, int number) throws Exception {
    Class<?> type =
        new ByteArrayClassLoader.ChildFirst(LOADER, Map.of(Library.class.getName(), classFile))
            .loadClass(Library.class.getName());
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    Method call = type.getDeclaredMethod("call", int.class);
    call.setAccessible(true);
    Object returned = call.invoke(constructor.newInstance(), number);
    assertThat(FAULTS).isEmpty();
    return returned;
  }

  private static MethodList<?> matched(String method, String descriptor) {
    return TypeDescription.ForLoadedType.of(Library.class)
        .getDeclaredMethods()
        .filter(Weaver.matcher(new Hook(Library.class.getName(), method, descriptor, "Advice")));
  }
}
