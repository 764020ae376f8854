package dev.evenkeel.runtime.instrument;

import dev.evenkeel.spi.ClientAdapter;
import dev.evenkeel.spi.ClientAdapter.Hook;
import dev.evenkeel.spi.ClientAdapter.Member;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a copy of a library has everything that an adapter touches, before the adapter
 * touches it: the hooked methods, the members it reaches by reflection, all members of one family
 * of versions, and every type, field and method that its class files refer to. Reads class files
 * only; loads nothing. Not thread-safe; one per check.
 */
final class ShapeCheck {
  private final TypePool library;

  private ShapeCheck(@Nullable ClassLoader loader) {
    this.library =
        new TypePool.Default(
            new TypePool.CacheProvider.Simple(),
            ClassFileLocator.ForClassLoader.of(loader),
            TypePool.Default.ReaderMode.FAST);
  }

  /**
   * Looks for the first member that is not there.
   *
   * @param loader the library's, null for the boot loader
   * @return {@code type.member} and its descriptor, or null if nothing is missing
   */
  static @Nullable String firstMissing(AdapterArchive archive, @Nullable ClassLoader loader) {
    ShapeCheck check = new ShapeCheck(loader);
    Member missing = check.firstMissing(requiredBy(archive));
    if (missing == null) {
      missing = check.firstMissingOfAnyFamily(archive.adapter().families());
    }
    return missing == null ? null : text(missing);
  }

  private static String text(Member member) {
    String descriptor = member.descriptor() == null ? "" : member.descriptor();
    return member.type() + (member.name().isEmpty() ? "" : "." + member.name() + descriptor);
  }

  private @Nullable Member firstMissing(Collection<Member> members) {
    for (Member member : members) {
      if (!has(member)) {
        return member;
      }
    }
    return null;
  }

  /** Null if one family is complete; else what the first one lacks. */
  private @Nullable Member firstMissingOfAnyFamily(List<List<Member>> families) {
    Member first = null;
    for (List<Member> family : families) {
      Member missing = firstMissing(family);
      if (missing == null) {
        return null;
      }
      first = first == null ? missing : first;
    }
    return first;
  }

  private static Set<Member> requiredBy(AdapterArchive archive) {
    ClientAdapter adapter = archive.adapter();
    Set<Member> required = new LinkedHashSet<>();
    for (Hook hook : adapter.hooks()) {
      if (!hook.isOptional()) {
        required.add(new Member(hook.type(), hook.method(), hook.descriptor()));
      }
    }
    required.addAll(adapter.reflectiveMembers());
    Map<String, byte[]> own = archive.classes();
    References references = new References(own.keySet(), required);
    own.values()
        .forEach(bytes -> new ClassReader(bytes).accept(references, ClassReader.SKIP_DEBUG));
    return required;
  }

  private boolean has(Member member) {
    TypePool.Resolution resolution = library.describe(member.type());
    if (!resolution.isResolved()) {
      return false;
    }
    return member.name().isEmpty() || isDeclared(resolution.resolve(), member);
  }

  private static boolean isDeclared(TypeDescription type, Member member) {
    for (TypeDefinition each : type) {
      TypeDescription erasure = each.asErasure();
      if (declares(erasure, member)
          || erasure.getInterfaces().asErasures().stream().anyMatch(i -> isDeclared(i, member))) {
        return true;
      }
    }
    return type.isInterface() && isDeclared(TypeDescription.ForLoadedType.of(Object.class), member);
  }

  private static boolean declares(TypeDescription type, Member member) {
    String descriptor = member.descriptor();
    boolean isMethod = descriptor == null || descriptor.startsWith("(");
    boolean isField = descriptor == null || !descriptor.startsWith("(");
    if (isMethod
        && type.getDeclaredMethods().stream()
            .anyMatch(
                method ->
                    method.getInternalName().equals(member.name())
                        && (descriptor == null || method.getDescriptor().equals(descriptor)))) {
      return true;
    }
    return isField
        && !type.getDeclaredFields()
            .filter(
                ElementMatchers.named(member.name())
                    .and(field -> descriptor == null || field.getDescriptor().equals(descriptor)))
            .isEmpty();
  }

  /** Collects what class files refer to outside the JDK, evenkeel and Byte Buddy's annotations. */
  private static final class References extends ClassVisitor {
    private final Set<String> own;
    private final Set<Member> found;

    References(Set<String> own, Set<Member> found) {
      super(Opcodes.ASM9);
      this.own = own;
      this.found = found;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitTypeInsn(int opcode, String type) {
          add(type, "", null);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String type) {
          add(owner, field, type);
        }

        @Override
        public void visitMethodInsn(
            int opcode, String owner, String method, String type, boolean isInterface) {
          add(owner, method, type);
        }
      };
    }

    private void add(String internalName, String member, @Nullable String descriptor) {
      String type = internalName.replace('/', '.');
      if (!type.startsWith("[")
          && !type.startsWith("java.")
          && !type.startsWith("javax.")
          && !type.startsWith("dev.evenkeel.spi.")
          && !own.contains(type)) {
        found.add(new Member(type, member, descriptor));
      }
    }
  }
}
