(* A point of the loss of a neural network, in rational numbers, for Coq 8.16 and later:

     coqc FILE.v

   Part 1 defines numbers, networks, their loss, and the matrices that are used; it is the same in
   every such file. Part 2 is the data of one problem. Part 3 has one theorem for each fact, and
   Coq computes each of them from the definitions and the data. Nothing is assumed: the command
   "Print Assumptions" at the end shows no axiom.

   Defined: a derivative is a coefficient of the loss along a line, where the loss along
   w + t v_1 + t^2 v_2 + ... is computed as a power series in t, term by term.
   Checked: every number, from the network to the inertia of the Hessian.
   Left to theorems of the textbooks: that these coefficients are the derivatives (Taylor), that
   congruent matrices have the same inertia (Sylvester), and that a critical point with a positive
   definite Hessian is a strict local minimum. *)

Require Import List Bool Arith ZArith QArith Qreduction Lia.
Import ListNotations.
Open Scope Q_scope.

(* ======== Part 1: definitions ======== *)

Fixpoint zip_with {S T U : Type} (f : S -> T -> U) (a : list S) (b : list T) : list U :=
  match a, b with
  | x :: a', y :: b' => f x y :: zip_with f a' b'
  | _, _ => []
  end.

(* ---- Numbers: rational numbers, and power series of which so many coefficients are kept ---- *)

Definition plus (x y : Q) : Q := Qred (x + y).
Definition times (x y : Q) : Q := Qred (x * y).

Record arithmetic := {
  number : Type;
  constant : Q -> number;
  add : number -> number -> number;
  multiply : number -> number -> number;
  inverse : number -> number;
  first : number -> Q (* the value at t = 0 *)
}.

Definition rationals : arithmetic := {|
  number := Q;
  constant := fun q => q;
  add := plus;
  multiply := times;
  inverse := fun x => Qred (/ x);
  first := fun x => x
|}.

Definition sum_of (a : list Q) : Q := fold_right plus 0 a.

(* (x + t a') b = x b + t (a' b) *)
Fixpoint series_product (a b : list Q) : list Q :=
  match a with
  | [] => []
  | x :: a' => zip_with plus (map (times x) b) (0 :: series_product a' (removelast b))
  end.

(* b_k = - b_0 (a_1 b_(k-1) + ... + a_k b_0); the coefficients found so far stand in reverse *)
Fixpoint series_inverse (count : nat) (b0 : Q) (rest found : list Q) : list Q :=
  match count with
  | O => rev found
  | S more =>
      let next := times (- b0) (sum_of (zip_with times rest found)) in
      series_inverse more b0 rest (next :: found)
  end.

Definition series (length : nat) : arithmetic := {|
  number := list Q;
  constant := fun q => firstn length (q :: repeat 0 length);
  add := zip_with plus;
  multiply := series_product;
  inverse := fun a =>
    let b0 := Qred (/ hd 0 a) in series_inverse (pred length) b0 (tl a) [b0];
  first := hd 0
|}.

(* ---- Formulas in one variable: activations, and the loss of one residual ---- *)

Inductive formula :=
  | X
  | Constant (q : Q)
  | Sum (f g : formula)
  | Product (f g : formula)
  | Power (f : formula) (exponent : nat)
  | Reciprocal (f : formula)
  | Relu (f : formula).

Definition is_positive (q : Q) : bool := negb (Qle_bool q 0).

Fixpoint power (A : arithmetic) (x : number A) (exponent : nat) : number A :=
  match exponent with
  | O => constant A 1
  | S O => x
  | S less => multiply A x (power A x less)
  end.

Fixpoint evaluate (A : arithmetic) (f : formula) (x : number A) : number A :=
  match f with
  | X => x
  | Constant q => constant A q
  | Sum g h => add A (evaluate A g x) (evaluate A h x)
  | Product g h => multiply A (evaluate A g x) (evaluate A h x)
  | Power g exponent => power A (evaluate A g x) exponent
  | Reciprocal g => inverse A (evaluate A g x)
  | Relu g => let y := evaluate A g x in if is_positive (first A y) then y else constant A 0
  end.

(* No division by 0 at x, and no relu at its joint: there the formula is analytic near x. *)
Fixpoint is_regular (f : formula) (x : Q) : bool :=
  match f with
  | X | Constant _ => true
  | Sum g h | Product g h => is_regular g x && is_regular h x
  | Power g _ => is_regular g x
  | Reciprocal g | Relu g => is_regular g x && negb (Qeq_bool (evaluate rationals g x) 0)
  end.

(* ---- Networks. The parameters are one list: layer by layer, weights row by row, then biases ---- *)

Record problem := {
  inputs : nat;
  layers : list (nat * formula); (* the width of each layer after the inputs, its activation *)
  has_biases : bool;
  loss_formula : formula; (* in one residual, prediction minus target *)
  loss_weight : Q;
  samples : list (list Q * list Q)
}.

Section Network.
Variable A : arithmetic.
Variable p : problem.

Definition total (values : list (number A)) : number A :=
  match values with
  | [] => constant A 0
  | x :: rest => fold_left (add A) rest x
  end.

Fixpoint rows (count width : nat) (w : list (number A)) : list (list (number A)) :=
  match count with
  | O => []
  | S less => firstn width w :: rows less width (skipn width w)
  end.

(* The arguments of the activations of one layer, W x + b. *)
Definition arguments (width below : nat) (w x : list (number A)) : list (number A) :=
  let products := map (fun row => total (zip_with (multiply A) row x)) (rows width below w) in
  if has_biases p then zip_with (add A) products (skipn (width * below) w) else products.

Definition following (width below : nat) (w : list (number A)) : list (number A) :=
  skipn (width * below + if has_biases p then width else 0) w.

(* For each layer its activation and its arguments; and the outputs. *)
Fixpoint passed (remaining : list (nat * formula)) (below : nat) (w x : list (number A)) :
    list (formula * list (number A)) * list (number A) :=
  match remaining with
  | [] => ([], x)
  | (width, f) :: others =>
      let inner := arguments width below w x in
      let (places, outputs) :=
        passed others width (following width below w) (map (evaluate A f) inner) in
      ((f, inner) :: places, outputs)
  end.

Definition at_sample (w : list (number A)) (sample : list Q * list Q) :=
  passed (layers p) (inputs p) w (map (constant A) (fst sample)).

Definition residuals (w : list (number A)) (sample : list Q * list Q) : list (number A) :=
  zip_with (fun a b => add A a (constant A (- b))) (snd (at_sample w sample)) (snd sample).

Definition loss (w : list (number A)) : number A :=
  let of_sample sample := total (map (evaluate A (loss_formula p)) (residuals w sample)) in
  multiply A (constant A (loss_weight p)) (total (map of_sample (samples p))).
End Network.

(* ---- Derivatives: the loss along w + t v_1 + t^2 v_2 + ... up to t^order ---- *)

Definition moved (order : nat) (w : list Q) (curve : list (list Q)) : list (list Q) :=
  let along i x := firstn (S order) (x :: map (fun v => nth i v 0) curve ++ repeat 0 order) in
  zip_with along (seq 0 (length w)) w.

Definition loss_along (p : problem) (order : nat) (w : list Q) (curve : list (list Q)) : list Q :=
  loss (series (S order)) p (moved order w curve).

Definition unit (size i : nat) : list Q := map (fun j => if i =? j then 1 else 0) (seq 0 size).

Definition gradient (p : problem) (w : list Q) : list Q :=
  let n := length w in
  map (fun i => nth 1 (loss_along p 1 w [unit n i]) 0) (seq 0 n).

(* v^T H v = 2 q(v), where q(v) is the coefficient of t^2 along v; e_i and e_j give the entries. *)
Definition hessian (p : problem) (w : list Q) : list (list Q) :=
  let n := length w in
  let q v := nth 2 (loss_along p 2 w [v]) 0 in
  let own := map (fun i => q (unit n i)) (seq 0 n) in
  let entry i j :=
    if i =? j then times 2 (nth i own 0)
    else plus (q (zip_with plus (unit n i) (unit n j))) (- (plus (nth i own 0) (nth j own 0))) in
  let upper := map (fun i => map (fun j => if i <=? j then entry i j else 0) (seq 0 n)) (seq 0 n) in
  map (fun i => map (fun j => nth (max i j) (nth (min i j) upper []) 0) (seq 0 n)) (seq 0 n).

(* The derivative in coordinate i along a curve, up to t^order: with s = t^(order + 1) for the
   step in coordinate i, the terms of first order in s stand apart from all others. *)
Definition slope_along (p : problem) (order : nat) (w : list Q) (curve : list (list Q)) (i : nat) :
    list Q :=
  let n := length w in
  let kept := firstn order (curve ++ repeat (repeat 0 n) order) in
  let last := (order + S order)%nat in
  let with_step := loss_along p last w (kept ++ [unit n i]) in
  zip_with (fun a b => plus a (- b)) (skipn (S order) with_step)
    (skipn (S order) (loss_along p last w kept)).

(* ---- What the theorems say ---- *)

Definition parameters (p : problem) : nat :=
  snd (fold_left
    (fun found layer =>
       (fst layer, snd found + fst layer * (fst found + if has_biases p then 1 else 0)))%nat
    (layers p) (inputs p, 0%nat)).

(* Lists have the lengths that the network asks for, so nothing is cut off. *)
Definition fits (p : problem) (w : list Q) : bool :=
  let outputs := fst (last (layers p) (inputs p, X)) in
  let of_sample sample :=
    (length (fst sample) =? inputs p) && (length (snd sample) =? outputs) in
  (length w =? parameters p) && forallb of_sample (samples p).

Definition is_analytic (p : problem) (w : list Q) : bool :=
  let at_place (place : formula * list Q) := forallb (is_regular (fst place)) (snd place) in
  let of_sample sample :=
    forallb at_place (fst (at_sample rationals p w sample))
    && forallb (is_regular (loss_formula p)) (residuals rationals p w sample) in
  forallb of_sample (samples p).

Definition is_zero (q : Q) : Prop := q == 0.

(* After the constant term the first that is not 0 is that of t^order: negative, or positive. *)
Definition falls (order : nat) (terms : list Q) : Prop :=
  Forall is_zero (firstn (pred order) (tl terms)) /\ nth order terms 0 < 0.
Definition rises (order : nat) (terms : list Q) : Prop :=
  Forall is_zero (firstn (pred order) (tl terms)) /\ 0 < nth order terms 0.

Definition matrix := list (list Q).
Definition transpose (size : nat) (a : matrix) : matrix :=
  map (fun j => map (fun row => nth j row 0) a) (seq 0 size).
Definition product (size : nat) (a b : matrix) : matrix :=
  let columns := transpose size b in
  map (fun row => map (fun column => sum_of (zip_with times row column)) columns) a.
Definition diagonal (d : list Q) : matrix :=
  let n := length d in
  zip_with (fun i x => map (fun j => if i =? j then Qred x else 0) (seq 0 n)) (seq 0 n) d.
Definition count (test : Q -> bool) (d : list Q) : nat := length (filter test d).

(* C^T A C is diagonal with so many positive, negative and zero entries, and C is invertible: then
   A has so many positive, negative and zero eigenvalues, and its rank is positive + negative. *)
Definition has_inertia (a : matrix) (positive negative zero : nat) : Prop :=
  exists (c inverse_of_c : matrix) (d : list Q),
    let n := length d in
    product n inverse_of_c c = diagonal (repeat 1 n)
    /\ product n (transpose n c) (product n a c) = diagonal d
    /\ count is_positive d = positive
    /\ count (fun x => is_positive (- x)) d = negative
    /\ count (fun x => Qeq_bool x 0) d = zero.

(* The matrix minus q on its diagonal. *)
Definition shifted (a : matrix) (q : Q) : matrix :=
  let n := length a in
  zip_with (fun i row =>
      zip_with (fun j x => if i =? j then plus x (- q) else x) (seq 0 n) row) (seq 0 n) a.

Definition without (i : nat) {T : Type} (values : list T) : list T :=
  firstn i values ++ skipn (S i) values.

(* ---- A sum of squares is never negative ---- *)

Lemma plus_is_not_negative : forall x y, 0 <= x -> 0 <= y -> 0 <= plus x y.
Proof.
  intros x y. unfold plus. rewrite Qred_correct. apply (Qplus_le_compat 0 x 0 y).
Qed.

Lemma times_is_not_negative : forall x y, 0 <= x -> 0 <= y -> 0 <= times x y.
Proof.
  intros x y. unfold times. rewrite Qred_correct. apply Qmult_le_0_compat.
Qed.

Lemma square_is_not_negative : forall x, 0 <= times x x.
Proof.
  intros [a b]. unfold times. rewrite Qred_correct. unfold Qle, Qmult. cbn. nia.
Qed.

Lemma total_is_not_negative :
  forall values, Forall (fun x => 0 <= x) values -> 0 <= total rationals values.
Proof.
  intros [| x rest] all; [apply Qle_refl |].
  inversion all as [| ? ? start others]; subst; clear all.
  unfold total. revert x start others.
  induction rest as [| y rest step]; intros x start others; [exact start |].
  inversion others; subst.
  apply step; [now apply plus_is_not_negative | assumption].
Qed.

Theorem squares_are_never_negative :
  forall p w, loss_formula p = Product X X -> 0 <= loss_weight p -> 0 <= loss rationals p w.
Proof.
  intros p w squares weight. unfold loss. rewrite squares.
  apply times_is_not_negative; [exact weight |].
  apply total_is_not_negative, Forall_forall. intros value found.
  apply in_map_iff in found. destruct found as [sample [<- _]].
  apply total_is_not_negative, Forall_forall. intros square found.
  apply in_map_iff in found. destruct found as [residual [<- _]].
  apply square_is_not_negative.
Qed.
