/* Writes down what a process makes durable in one folder, so that a power cut can be played afterwards.
 *
 * Preloaded into the gateway by the fault harness (LD_PRELOAD); never part of a gateway in service. Environment:
 *   SYNCED_FOLDER  the folder that is watched, with everything below it
 *   SYNCED_LOG     the log; survives SIGKILL, since it is written with write(2)
 *   SYNCED_TRASH   folder on the same file system where replaced and removed files are kept
 *   SYNCED_TROUBLE a file that says how syncs go, read at each sync: "eio" lets them fail, "skip" lets them succeed
 *                  without doing anything, a number lets them take so many milliseconds longer
 *   SYNCED_CLOCK_FILE  a file that says by how many seconds the wall clock is shifted
 *
 * One line for each event, fields separated by tabs:
 *   C path inode          created
 *   E path inode size     opened for writing, with content that was there before
 *   R from to kept        renamed; what stood in its place is in the trash as `kept`, or '-'
 *   U path kept           removed; kept in the trash as `kept`
 *   S inode size          the first `size` bytes are synced
 *   D path                the folder's entries are synced
 *   F nanos               a sync failed, at this time of CLOCK_MONOTONIC
 *   O inode               bytes that were synced before were overwritten or cut off: the model does not cover that
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define FDS 65536

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static const char *folder, *trash, *trouble;
static int log_fd = -1;
static long kept_count;
static off_t synced_size[FDS];
static ino_t watched_inode[FDS]; /* 0: not watched */

__attribute__((constructor)) static void start(void) {
  folder = getenv("SYNCED_FOLDER");
  trash = getenv("SYNCED_TRASH");
  trouble = getenv("SYNCED_TROUBLE");
  const char *log = getenv("SYNCED_LOG");
  if (folder && trash && log) {
    log_fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
}

static void say(const char *format, ...) {
  char line[2 * PATH_MAX + 64];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  if (length > 0 && syscall(SYS_write, log_fd, line, length) != length) abort();
}

static int watched(const char *path) {
  size_t length = folder ? strlen(folder) : 0;
  return log_fd >= 0 && path && strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static int exists(const char *path, struct stat *status) { return syscall(SYS_newfstatat, AT_FDCWD, path, status, 0) == 0; }

/* Keeps what stands at `path` under another name, and puts that name into `name`. */
static void keep(const char *path, char *name) {
  snprintf(name, PATH_MAX, "%s/%d-%ld", trash, getpid(), kept_count++);
  if (syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, name, 0) != 0) strcpy(name, "-");
}

static int open_watched(const char *path, int flags, mode_t mode) {
  struct stat status;
  pthread_mutex_lock(&order);
  int was_there = exists(path, &status);
  int fd = syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  int failure = errno;
  if (fd >= 0 && fd < FDS) {
    watched_inode[fd] = 0;
    if ((flags & O_ACCMODE) != O_RDONLY) {
      synced_size[fd] = 0;
      if (was_there) {
        if ((flags & O_TRUNC) && status.st_size > 0) say("O\t%lu\n", (unsigned long)status.st_ino);
        synced_size[fd] = status.st_size;
        say("E\t%s\t%lu\t%ld\n", path, (unsigned long)status.st_ino, (long)status.st_size);
      } else if (fstat(fd, &status) == 0) {
        say("C\t%s\t%lu\n", path, (unsigned long)status.st_ino);
      }
      watched_inode[fd] = status.st_ino;
    }
  }
  pthread_mutex_unlock(&order);
  errno = failure;
  return fd;
}

static int open_any(int at, const char *path, int flags, mode_t mode) {
  if (at == AT_FDCWD && watched(path)) return open_watched(path, flags, mode);
  int fd = syscall(SYS_openat, at, path, flags, mode);
  if (fd >= 0 && fd < FDS) watched_inode[fd] = 0;
  return fd;
}

#define MODE(last) va_list a; va_start(a, last); mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(a, mode_t) : 0; va_end(a)
int open(const char *path, int flags, ...) { MODE(flags); return open_any(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags); return open_any(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags); return open_any(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags); return open_any(at, path, flags | O_LARGEFILE, mode); }

/* The number may have passed to another file or socket by a way that we do not see: the inode tells. */
static int is_watched_file(int fd, struct stat *status) {
  return fd >= 0 && fd < FDS && watched_inode[fd] && fstat(fd, status) == 0 && S_ISREG(status->st_mode) &&
         status->st_ino == watched_inode[fd];
}

static void touched(int fd, off_t from) {
  struct stat status;
  if (is_watched_file(fd, &status) && from < synced_size[fd])
    say("O\t%lu\n", (unsigned long)status.st_ino);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
  touched(fd, offset);
  return syscall(SYS_pwrite64, fd, bytes, count, offset);
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) { return pwrite(fd, bytes, count, offset); }

ssize_t write(int fd, const void *bytes, size_t count) {
  struct stat status;
  if (is_watched_file(fd, &status) && !(fcntl(fd, F_GETFL) & O_APPEND)) touched(fd, lseek(fd, 0, SEEK_CUR));
  return syscall(SYS_write, fd, bytes, count);
}

int ftruncate(int fd, off_t size) {
  touched(fd, size);
  return syscall(SYS_ftruncate, fd, size);
}
int ftruncate64(int fd, off_t size) { return ftruncate(fd, size); }

int rename(const char *from, const char *to) {
  if (!watched(from) && !watched(to)) return syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
  char kept[PATH_MAX] = "-";
  pthread_mutex_lock(&order);
  struct stat status;
  if (exists(to, &status)) keep(to, kept);
  int result = syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
  int failure = errno;
  if (result == 0) say("R\t%s\t%s\t%s\n", from, to, kept);
  pthread_mutex_unlock(&order);
  errno = failure;
  return result;
}

int unlink(const char *path) {
  if (!watched(path)) return syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  char kept[PATH_MAX];
  pthread_mutex_lock(&order);
  keep(path, kept);
  int result = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  int failure = errno;
  if (result == 0) say("U\t%s\t%s\n", path, kept);
  pthread_mutex_unlock(&order);
  errno = failure;
  return result;
}
int unlinkat(int at, const char *path, int flags) {
  return at == AT_FDCWD && flags == 0 ? unlink(path) : (int)syscall(SYS_unlinkat, at, path, flags);
}

static int sync_folder(int fd, int number) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  pthread_mutex_lock(&order);
  int result = syscall(number, fd);
  int failure = errno;
  if (result == 0 && length > 0) {
    path[length] = 0;
    if (watched(path)) say("D\t%s\n", path);
  }
  pthread_mutex_unlock(&order);
  errno = failure;
  return result;
}

/* What stands in a small file; empty if it is not there. */
static void read_word(const char *file, char *word, size_t size) {
  memset(word, 0, size);
  int fd = syscall(SYS_openat, AT_FDCWD, file, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0) return;
  if (syscall(SYS_read, fd, word, size - 1) < 0) word[0] = 0;
  syscall(SYS_close, fd);
}

enum trouble { NONE, FAIL, SKIP };

/* What is to become of this sync; waits if it is to be slow. */
static enum trouble troubled(void) {
  if (!trouble) return NONE;
  char word[32];
  read_word(trouble, word, sizeof word);
  struct timespec time;
  if (strncmp(word, "eio", 3) == 0) {
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &time);
    say("F\t%lld\n", time.tv_sec * 1000000000LL + time.tv_nsec);
    return FAIL;
  }
  if (strncmp(word, "skip", 4) == 0) return SKIP;
  long millis = atol(word);
  time.tv_sec = millis / 1000;
  time.tv_nsec = millis % 1000 * 1000000;
  if (millis > 0) syscall(SYS_nanosleep, &time, NULL);
  return NONE;
}

static int sync_any(int fd, int number) {
  struct stat status; /* its size before the sync: what is written meanwhile may not be in it */
  if (log_fd < 0 || fstat(fd, &status) != 0) return syscall(number, fd);
  switch (troubled()) {
    case FAIL: errno = EIO; return -1;
    case SKIP: return 0;
    case NONE: break;
  }
  if (S_ISDIR(status.st_mode)) return sync_folder(fd, number);
  int result = syscall(number, fd);
  struct stat after;
  if (result == 0 && is_watched_file(fd, &after)) {
    if (status.st_size > synced_size[fd]) synced_size[fd] = status.st_size;
    say("S\t%lu\t%ld\n", (unsigned long)status.st_ino, (long)status.st_size);
  }
  return result;
}
int fsync(int fd) { return sync_any(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_any(fd, SYS_fdatasync); }

/* The wall clock, shifted. Java asks for the time very often, so the file is read every few milliseconds only. */
typedef int clock_function(clockid_t, struct timespec *);
#define LOOK_EVERY_NANOS 5000000LL

static long shift_seconds(clock_function *real, const char *file) {
  static long long looked_at;
  static long shift;
  struct timespec time;
  real(CLOCK_MONOTONIC, &time);
  long long nanos = time.tv_sec * 1000000000LL + time.tv_nsec;
  if (nanos - __atomic_load_n(&looked_at, __ATOMIC_RELAXED) > LOOK_EVERY_NANOS) {
    char word[32];
    read_word(file, word, sizeof word);
    __atomic_store_n(&shift, atol(word), __ATOMIC_RELAXED);
    __atomic_store_n(&looked_at, nanos, __ATOMIC_RELAXED);
  }
  return __atomic_load_n(&shift, __ATOMIC_RELAXED);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  static clock_function *real;
  static const char *file;
  if (!real) {
    file = getenv("SYNCED_CLOCK_FILE");
    real = (clock_function *)dlsym(RTLD_NEXT, "clock_gettime");
    if (!real) return syscall(SYS_clock_gettime, clock, now);
  }
  int result = real(clock, now);
  if (result == 0 && clock == CLOCK_REALTIME && file) now->tv_sec += shift_seconds(real, file);
  return result;
}
