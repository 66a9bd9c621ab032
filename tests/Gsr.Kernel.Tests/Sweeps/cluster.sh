#!/usr/bin/env bash
# A Slurm cluster of two nodes on this machine, of the calling user's files alone: "cluster.sh start FOLDER", then use it
# with SLURM_CONF=FOLDER/slurm.conf; "cluster.sh stop FOLDER" ends its processes, which are known by their numbers.
set -euo pipefail
action=$1 folder=$(realpath -m "$2")
PATH=$PATH:/usr/sbin:/sbin

stop() {
  for pid in "$folder"/*.pid; do
    [ -f "$pid" ] && kill "$(cat "$pid")" 2> /dev/null
  done
  return 0
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
MaxArraySize=${3:-1001}
SlurmdParameters=config_overrides
NodeName=n[1-2] NodeHostname=localhost NodeAddr=127.0.0.1 Port=[$((port + 1))-$((port + 2))] CPUs=2 RealMemory=8000
PartitionName=test Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
  head -c 1024 /dev/urandom > "$folder/munge.key" && chmod 600 "$folder/munge.key"
  munged --force --socket="$folder/munge.socket" --key-file="$folder/munge.key" --pid-file="$folder/munged.pid" \
    --log-file="$folder/munged.log" --seed-file="$folder/munge.seed" < /dev/null > /dev/null 2>&1
  export SLURM_CONF=$folder/slurm.conf
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
