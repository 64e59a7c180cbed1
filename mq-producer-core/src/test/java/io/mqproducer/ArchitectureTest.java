package io.mqproducer;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who may use whom, level by level, and what nobody may use. Packages that are not named here are not allowed. */
@AnalyzeClasses(locations = ArchitectureTest.MainClasses.class)
class ArchitectureTest {

    private static final String ROOT = "io.mqproducer";
    private static final String MESSAGE = ROOT + ".message";
    private static final String CONFIG = ROOT + ".config";
    private static final String EXCEPTION = ROOT + ".exception";
    private static final String SPI = ROOT + ".spi";
    private static final String SETTINGS = ROOT + ".internal.config";
    private static final String SSL = ROOT + ".internal.ssl";
    private static final String CALLBACK = ROOT + ".internal.callback";
    private static final String UTIL = ROOT + ".internal.util";
    private static final String PROTOCOL = ROOT + ".internal.protocol";
    private static final String COMPRESSION = ROOT + ".internal.compression";
    private static final String ENCODING = ROOT + ".internal.encoding";
    private static final String REMOTING = ROOT + ".internal.remoting";
    private static final String ROUTE = ROOT + ".internal.route";
    private static final String SELECTION = ROOT + ".internal.selection";
    private static final String HEARTBEAT = ROOT + ".internal.heartbeat";
    private static final String SEND = ROOT + ".internal.send";
    private static final String TRACE = ROOT + ".internal.trace";
    private static final String ADMIN = ROOT + ".internal.admin";
    private static final String REPLY = ROOT + ".internal.reply";
    private static final String TRANSACTION = ROOT + ".internal.transaction";

    /** Methods of {@link Class}. */
    private static final Pattern LOOKS_UP = Pattern.compile(
            "newInstance|forName|get(Declared|Resource|RecordComponents|Fields?|Methods?|Constructors?).*");

    // ---- level 0

    @ArchTest
    static final ArchRule messageUsesNothingOfOurs = packageUsesOnly(MESSAGE);

    @ArchTest
    static final ArchRule configUsesNothingOfOurs = packageUsesOnly(CONFIG);

    @ArchTest
    static final ArchRule utilUsesNothingOfOurs = packageUsesOnly(UTIL);

    // ---- level 1

    @ArchTest
    static final ArchRule exceptionUsesOnlyMessages = packageUsesOnly(EXCEPTION, MESSAGE);

    @ArchTest
    static final ArchRule protocolKeepsToItsLevel = packageUsesOnly(PROTOCOL, CONFIG, UTIL);

    @ArchTest
    static final ArchRule compressionKeepsToItsLevel = packageUsesOnly(COMPRESSION, CONFIG, UTIL);

    @ArchTest
    static final ArchRule sslKeepsToItsLevel = packageUsesOnly(SSL, CONFIG, UTIL);

    @ArchTest
    static final ArchRule settingsUseOnlyTheirChoices = packageUsesOnly(SETTINGS, CONFIG);

    // ---- level 2

    @ArchTest
    static final ArchRule spiUsesOnlyPublicPackages = packageUsesOnly(SPI, MESSAGE, CONFIG, EXCEPTION);

    @ArchTest
    static final ArchRule encodingKeepsToItsLevel =
            packageUsesOnly(ENCODING, MESSAGE, EXCEPTION, CONFIG, SETTINGS, PROTOCOL, COMPRESSION, UTIL);

    @ArchTest
    static final ArchRule callbackKeepsToItsLevel = packageUsesOnly(CALLBACK, SETTINGS, UTIL);

    // ---- level 3

    @ArchTest
    static final ArchRule remotingKeepsToItsLevel =
            packageUsesOnly(REMOTING, MESSAGE, CONFIG, EXCEPTION, SPI, PROTOCOL, SSL, UTIL);

    @ArchTest
    static final ArchRule remotingKnowsNothingOfMessagesButWhyTheyFail = noClasses()
            .that()
            .resideInAPackage(REMOTING)
            .should()
            .dependOnClassesThat(resideInAPackage(MESSAGE).and(not(named(MESSAGE + ".FailureKind"))));

    // ---- level 4

    @ArchTest
    static final ArchRule routeKeepsToItsLevel =
            packageUsesOnly(ROUTE, MESSAGE, EXCEPTION, SPI, ENCODING, PROTOCOL, REMOTING, UTIL);

    // ---- level 5

    @ArchTest
    static final ArchRule selectionKeepsToItsLevel = packageUsesOnly(SELECTION, MESSAGE, SETTINGS, ROUTE);

    @ArchTest
    static final ArchRule heartbeatKeepsToItsLevel =
            packageUsesOnly(HEARTBEAT, ENCODING, PROTOCOL, REMOTING, ROUTE, UTIL);

    @ArchTest
    static final ArchRule onlyNamespacesOfEncodingAreSeenBelowTheSends = noClasses()
            .that()
            .resideInAnyPackage(ROUTE, HEARTBEAT)
            .should()
            .dependOnClassesThat(resideInAPackage(ENCODING).and(not(named(ENCODING + ".Namespace"))));

    // ---- level 6

    @ArchTest
    static final ArchRule sendKeepsToItsLevel = packageUsesOnly(
            SEND, MESSAGE, EXCEPTION, CONFIG, SETTINGS, SPI, CALLBACK, PROTOCOL, ENCODING, REMOTING, ROUTE, SELECTION,
            UTIL);

    // ---- level 7

    @ArchTest
    static final ArchRule traceKeepsToItsLevel = packageUsesOnly(TRACE, MESSAGE, EXCEPTION, SPI, SEND, UTIL);

    @ArchTest
    static final ArchRule adminKeepsToItsLevel =
            packageUsesOnly(ADMIN, MESSAGE, EXCEPTION, PROTOCOL, ENCODING, REMOTING, ROUTE, UTIL);

    @ArchTest
    static final ArchRule replyKeepsToItsLevel =
            packageUsesOnly(REPLY, MESSAGE, EXCEPTION, PROTOCOL, ENCODING, REMOTING, ROUTE, HEARTBEAT, SEND, UTIL);

    @ArchTest
    static final ArchRule transactionKeepsToItsLevel = packageUsesOnly(
            TRANSACTION, MESSAGE, EXCEPTION, SETTINGS, SPI, PROTOCOL, ENCODING, REMOTING, ROUTE, SEND, UTIL);

    // ---- level 8: the root may use all, and nobody the root

    @ArchTest
    static final ArchRule everyPackageHasItsRule = classes()
            .should()
            .resideInAnyPackage(
                    ROOT,
                    MESSAGE,
                    CONFIG,
                    EXCEPTION,
                    SPI,
                    SETTINGS,
                    SSL,
                    CALLBACK,
                    UTIL,
                    PROTOCOL,
                    COMPRESSION,
                    ENCODING,
                    REMOTING,
                    ROUTE,
                    SELECTION,
                    HEARTBEAT,
                    SEND,
                    TRACE,
                    ADMIN,
                    REPLY,
                    TRANSACTION);

    @ArchTest
    static final ArchRule packagesFormNoCircle =
            slices().matching("io.mqproducer.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule publicPackagesDoNotSeeInternals = noClasses()
            .that()
            .resideInAnyPackage(MESSAGE, CONFIG, EXCEPTION, SPI)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..internal..");

    /** But for {@link ProducerAssembly}, which has two parts of its own, nobody makes what others are given. */
    @ArchTest
    static final ArchRule servicesAreMadeByTheAssembly = noClasses()
            .that(not(named(ROOT + ".ProducerAssembly")
                    .or(named(ROOT + ".ThreadSet"))
                    .or(named(ROOT + ".Tracing"))))
            .should()
            .callConstructorWhere(describe(
                    "a service of another package is made",
                    (JavaConstructorCall call) -> isService(call.getTargetOwner())
                            && !call.getOriginOwner()
                                    .getPackage()
                                    .equals(call.getTargetOwner().getPackage())));

    // ---- libraries

    @ArchTest
    static final ArchRule onlyRemotingKnowsNetty = noClasses()
            .that(not(resideInAPackage(REMOTING)))
            .should()
            .dependOnClassesThat(resideInAPackage("io.netty..").and(not(resideInAPackage("io.netty.buffer"))));

    /** The root takes the application's allocator and hands it on; it touches no bytes. */
    @ArchTest
    static final ArchRule buffersAreKnownWhereBytesAre = noClasses()
            .that(not(resideInAnyPackage(PROTOCOL, COMPRESSION, ENCODING, REMOTING, SEND)))
            .should()
            .dependOnClassesThat(resideInAPackage("io.netty.buffer").and(not(isAllocator())));

    @ArchTest
    static final ArchRule theAllocatorIsForTheRootToHandOn = noClasses()
            .that(not(resideInAnyPackage(ROOT, PROTOCOL, COMPRESSION, ENCODING, REMOTING, SEND)))
            .should()
            .dependOnClassesThat(isAllocator());

    @ArchTest
    static final ArchRule bothLinesOfNettyWillDo = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.netty.util.internal..")
                    .or(describe(
                            "are new in Netty 4.2",
                            type -> type.getSimpleName().startsWith("MultiThreadIo")
                                    || type.getSimpleName().contains("IoHandler"))));

    @ArchTest
    static final ArchRule coreKnowsNoSpring =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule coreKnowsNothingOfRocketMQsClient =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.apache.rocketmq..", "com.alibaba..");

    @ArchTest
    static final ArchRule logsBySlf4j = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    // ---- habits

    @ArchTest
    static final ArchRule classesAreFinalOrAbstract = classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .and()
            .doNotHaveModifier(ABSTRACT)
            .and()
            .doNotHaveModifier(SYNTHETIC)
            .should()
            .haveModifier(FINAL);

    @ArchTest
    static final ArchRule staticFieldsAreFinal =
            fields().that().haveModifier(STATIC).should().beFinal();

    @ArchTest
    static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule nothingSleeps = noClasses()
            .should()
            .callMethodWhere(describe(
                    "it sleeps",
                    call -> calls(call, Thread.class, Set.of("sleep"))
                            || calls(call, TimeUnit.class, Set.of("sleep"))));

    /** No name that a peer sends can choose a class. */
    @ArchTest
    static final ArchRule s04_nothingIsDeserializedOrLoadedByName = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("javax.naming..", "java.lang.reflect..", "java.rmi..")
                    .or(named("java.io.ObjectInputStream")))
            .orShould()
            .callMethodWhere(describe(
                    "a class is loaded by name",
                    call -> calls(call, Class.class, Set.of("forName"))
                            || calls(call, ClassLoader.class, Set.of("loadClass"))));

    /**
     * Nothing that a native image would have to be told of. Three fields have handles, by literals, which its makers see; and the
     * file that is looked for is Netty's, whose own metadata takes it along.
     */
    @ArchTest
    static final ArchRule nothingIsReflectedUpon = noClasses()
            .should()
            .callMethodWhere(describe(
                    "members, resources or services are looked up by name",
                    call -> looksUp(call)
                            && !isMadeBy(call, SEND + ".PendingSend", "findVarHandle")
                            && !isMadeBy(call, REMOTING + ".EventLoops", "getResource")))
            .orShould()
            .dependOnClassesThat(describe(
                    "reflect upon fields",
                    type -> type.getPackageName().equals("java.util.concurrent.atomic")
                            && type.getSimpleName().endsWith("FieldUpdater")));

    @ArchTest
    static final ArchRule s11_nothingAmbientIsRead = noClasses()
            .should()
            .callMethodWhere(describe(
                    "a system property or environment variable is read",
                    call -> calls(call, System.class, Set.of("getProperty", "getProperties", "getenv"))
                            || calls(call, Integer.class, Set.of("getInteger"))
                            || calls(call, Long.class, Set.of("getLong"))
                            || calls(call, Boolean.class, Set.of("getBoolean"))));

    private static ArchRule packageUsesOnly(String one, String... others) {
        String[] allowed = Stream.concat(Stream.of(one), Stream.of(others)).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(one)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(not(resideInAPackage(ROOT + ".."))))
                .as("classes of " + one + " should use of ours only " + List.of(others));
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return describe("are " + name, type -> type.getName().equals(name));
    }

    private static DescribedPredicate<JavaClass> isAllocator() {
        return describe(
                "are allocators of buffers", type -> type.getSimpleName().endsWith("ByteBufAllocator"));
    }

    private static boolean isService(JavaClass type) {
        return Set.of(CALLBACK, ENCODING, REMOTING, ROUTE, SELECTION, HEARTBEAT, SEND, TRACE, ADMIN, REPLY, TRANSACTION)
                        .contains(type.getPackageName())
                && !type.isRecord()
                && !type.getModifiers().contains(ABSTRACT)
                && !type.isAssignableTo(Throwable.class);
    }

    private static boolean calls(JavaAccess<?> call, Class<?> owner, Set<String> names) {
        return call.getTargetOwner().isEquivalentTo(owner) && names.contains(call.getName());
    }

    private static boolean looksUp(JavaAccess<?> call) {
        JavaClass owner = call.getTargetOwner();
        String name = call.getName();
        return owner.isEquivalentTo(Class.class) && LOOKS_UP.matcher(name).matches()
                || owner.isEquivalentTo(ClassLoader.class)
                || owner.isEquivalentTo(ServiceLoader.class)
                || owner.isEquivalentTo(MethodHandles.Lookup.class);
    }

    private static boolean isMadeBy(JavaAccess<?> call, String origin, String name) {
        return call.getOriginOwner().getName().equals(origin) && call.getName().equals(name);
    }

    /** What this module ships: neither its tests nor other modules, whose packages begin with the same words. */
    static final class MainClasses implements LocationProvider {
        @Override
        public Set<Location> get(Class<?> testClass) {
            return Set.of(Location.of(
                    MQProducer.class.getProtectionDomain().getCodeSource().getLocation()));
        }
    }
}
