package dev.evenkeel.runtime.instrument;

import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Raises a class file of Java 6 to the version of Java 7, the first that may hold an {@code
 * invokedynamic} instruction. Compilers write the same instructions and stack maps for both, and
 * from Java 7 on the stack maps have to be right (JVMS 4.10). Stateless. Thread-safe.
 */
final class RaisedVersion extends AsmVisitorWrapper.AbstractBase {
  /** True for a class file that cannot be woven as it is. */
  static boolean isNeeded(byte[] classFile) {
    return ClassFileVersion.ofClassFile(classFile).isLessThan(ClassFileVersion.JAVA_V7);
  }

  @Override
  public ClassVisitor wrap(
      TypeDescription instrumentedType,
      ClassVisitor classVisitor,
      Implementation.Context context,
      TypePool pool,
      FieldList<FieldDescription.InDefinedShape> fields,
      MethodList<?> methods,
      int writerFlags,
      int readerFlags) {
    return new Raising(classVisitor);
  }

  private static final class Raising extends ClassVisitor {
    Raising(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    /**
     * Passes the class on as one of Java 7.
     *
     * @throws IllegalStateException for a class older than Java 6, which has no stack maps
     */
    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      if (version != Opcodes.V1_6) {
        throw new IllegalStateException(
            name + " has class file version " + (version & 0xFFFF) + " (expected: 50 or newer)");
      }
      super.visit(Opcodes.V1_7, access, name, signature, superName, interfaces);
    }
  }
}
