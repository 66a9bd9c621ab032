#!/usr/bin/env bash
# A Slurm cluster of two nodes on this machine, of the calling user's files alone: "cluster.sh start FOLDER", then use it
# with SLURM_CONF=FOLDER/slurm.conf; "cluster.sh stop FOLDER" ends its processes, which are known by their numbers.
# "cluster.sh start FOLDER accounting" keeps accounts too, which sacct reads.
set -euo pipefail
action=$1 folder=$(realpath -m "$2")
PATH=$PATH:/usr/sbin:/sbin

stop() {
  pids=$(cat "$folder"/*.pid 2> /dev/null)
  kill $pids 2> /dev/null
  # They write when they end.
  for _ in $(seq 100); do
    kill -0 $pids 2> /dev/null || return 0
    sleep .1
  done
}

# A database of its own and slurmdbd before it, both for this machine alone.
account() {
  database=(mariadbd --no-defaults --user="$(id -un)" --datadir="$folder/database" --skip-grant-tables)
  mkdir "$folder/database"
  (printf "CREATE DATABASE mysql;\nUSE mysql;\n"; cat /usr/share/mysql/mysql_system_tables.sql) |
    "${database[@]}" --bootstrap > "$folder/database.log" 2>&1
  "${database[@]}" --bind-address=127.0.0.1 --port=$((port + 3)) --socket="$folder/database.socket" \
    --pid-file="$folder/database.pid" < /dev/null >> "$folder/database.log" 2>&1 &
  cat > "$folder/slurmdbd.conf" <<CONF
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
DbdHost=localhost
DbdPort=$((port + 4))
SlurmUser=$(id -un)
PidFile=$folder/slurmdbd.pid
LogFile=$folder/slurmdbd.log
StorageType=accounting_storage/mysql
StorageHost=127.0.0.1
StoragePort=$((port + 3))
StorageUser=root
StorageLoc=accounts
CONF
  chmod 600 "$folder/slurmdbd.conf"
  cat >> "$folder/slurm.conf" <<CONF
AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=localhost
AccountingStoragePass=$folder/munge.socket
AccountingStoragePort=$((port + 4))
CONF
  for _ in $(seq 100); do
    [ -S "$folder/database.socket" ] && break
    sleep .2
  done
  slurmdbd < /dev/null > /dev/null 2>&1
  for _ in $(seq 100); do
    sacctmgr --immediate add cluster gsr > /dev/null 2>&1 && return
    sleep .2
  done
}

start() {
  mkdir -p "$folder/state" && chmod 700 "$folder"
  port=$(( 20000 + $$ % 20000 ))
  cat > "$folder/slurm.conf" <<CONF
ClusterName=gsr
SlurmctldHost=localhost
SlurmctldPort=$port
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$folder/munge.socket
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool.%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.%n.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=2,bf_interval=2
MpiDefault=none
ReturnToService=2
KillWait=10
OverTimeLimit=0
SlurmdParameters=config_overrides
NodeName=n[1-2] NodeHostname=localhost NodeAddr=127.0.0.1 Port=[$((port + 1))-$((port + 2))] CPUs=2 RealMemory=8000
PartitionName=test Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
  head -c 1024 /dev/urandom > "$folder/munge.key" && chmod 600 "$folder/munge.key"
  munged --force --socket="$folder/munge.socket" --key-file="$folder/munge.key" --pid-file="$folder/munged.pid" \
    --log-file="$folder/munged.log" --seed-file="$folder/munge.seed" < /dev/null > /dev/null 2>&1
  export SLURM_CONF=$folder/slurm.conf
  [ "${3:-}" != accounting ] || account
  slurmctld < /dev/null > /dev/null 2>&1
  for node in n1 n2; do slurmd -N "$node" < /dev/null > /dev/null 2>&1; done
  for _ in $(seq 100); do
    [ "$(sinfo --noheader --states=idle --format=%D 2> /dev/null)" = 2 ] && return
    sleep .2
  done
  echo "The nodes did not come up: see $folder/*.log" >&2
  stop
  return 1
}

"$action" "$@"
